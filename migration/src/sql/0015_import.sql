-- Earlier books under agreements: what is ceded of a contract that was taken over is told to the upper layers like that of any other.

-- A contract that was taken over may name its agreement; every other one does.
ALTER TABLE zengxin.contract DROP CONSTRAINT contract_agreed_or_taken_over;

ALTER TABLE zengxin.contract
  ADD CONSTRAINT contract_agreed_or_taken_over CHECK (agreement_id IS NOT NULL OR import_id IS NOT NULL);

-- What was taken over begins on its own first day, as what was disbursed does on that day.
DROP INDEX zengxin.cession_begun;

CREATE INDEX cession_begun ON zengxin.cession (reguarantor_id, effective_on) WHERE kind IN ('disbursed', 'taken_over');

-- The pairs of a name and what came with an import are written beside their party and their run in the same transaction, and nothing ever
-- takes a party or a run away: a check of each row again cost a third of what an import costs the server.
ALTER TABLE zengxin.party_gram DROP CONSTRAINT party_gram_party_fk;

ALTER TABLE zengxin.party DROP CONSTRAINT party_import_fk;

ALTER TABLE zengxin.contract DROP CONSTRAINT contract_import_fk;

-- Who has an identifier is told apart by half of its keyed hash, and by that first: as bytes of any length and behind columns that are the
-- same in every row of an institution, the hash cost a third of an import, and more with every client.
ALTER TABLE zengxin.party_identifier DROP CONSTRAINT party_identifier_of_one;

ALTER TABLE zengxin.party_identifier
  ADD CONSTRAINT party_identifier_of_one EXCLUDE USING gist ((encode(substr(blind_index, 1, 16), 'hex')::uuid) WITH =,
    institution_id WITH =, scheme WITH =, daterange(from_day, until_day, '[)') WITH &&);
