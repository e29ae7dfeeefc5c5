-- Existing books that are taken over as they are: what an import has done, and what a contract that came with one says of itself.

-- A file taken over under a mapping. The counts move in the transaction that moves the book, so that an import that was killed goes on
-- where it stood.
CREATE TABLE zengxin.import_run (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  file_name text NOT NULL,
  file_hash bytea NOT NULL,
  mapping_hash bytea NOT NULL,
  state text NOT NULL,
  rows bigint NOT NULL,
  imported bigint NOT NULL,
  unchanged bigint NOT NULL,
  bad bigint NOT NULL,
  seq bigint NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  CONSTRAINT import_run_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT import_run_once UNIQUE (institution_id, file_hash, mapping_hash),
  CONSTRAINT import_run_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 500),
  CONSTRAINT import_run_hashes_length CHECK (octet_length(file_hash) = 32 AND octet_length(mapping_hash) = 32),
  CONSTRAINT import_run_state_known CHECK (state IN ('running', 'done')),
  CONSTRAINT import_run_finished_whole CHECK ((state = 'done') = (finished_at IS NOT NULL)),
  CONSTRAINT import_run_not_negative CHECK (least(rows, imported, unchanged, bad) >= 0),
  CONSTRAINT import_run_within_rows CHECK (imported + unchanged + bad <= rows)
);

ALTER TABLE zengxin.import_run
  ADD CONSTRAINT import_run_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.import_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_run_read ON zengxin.import_run FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_run_insert ON zengxin.import_run FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_run_update ON zengxin.import_run FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (state, imported, unchanged, bad, finished_at) ON zengxin.import_run TO zengxin_app;

-- A contract that was taken over has its shares and no agreement. What was charged off stays a fact of the earlier book.
ALTER TABLE zengxin.contract ADD COLUMN import_id uuid, ADD COLUMN fee_known boolean NOT NULL DEFAULT true,
  ADD COLUMN client_kind_declared boolean NOT NULL DEFAULT false, ADD COLUMN charged_off_fen bigint, ADD COLUMN charged_off_on date;

ALTER TABLE zengxin.contract ALTER COLUMN agreement_id DROP NOT NULL;

ALTER TABLE zengxin.contract
  ADD CONSTRAINT contract_import_fk FOREIGN KEY (institution_id, import_id) REFERENCES zengxin.import_run (institution_id, id),
  ADD CONSTRAINT contract_agreed_or_taken_over CHECK ((agreement_id IS NULL) = (import_id IS NOT NULL)),
  ADD CONSTRAINT contract_of_import_alone CHECK (import_id IS NOT NULL
    OR (fee_known AND NOT client_kind_declared AND charged_off_fen IS NULL)),
  ADD CONSTRAINT contract_unknown_fee_is_zero CHECK (fee_known OR fee_fen = 0),
  ADD CONSTRAINT contract_charged_off_whole CHECK (charged_off_fen >= 0 AND (charged_off_on IS NULL OR charged_off_fen IS NOT NULL));

CREATE INDEX contract_of_import ON zengxin.contract (institution_id, import_id, id) WHERE import_id IS NOT NULL;

CREATE INDEX contract_charged_off ON zengxin.contract (institution_id, charged_off_on) WHERE charged_off_fen IS NOT NULL;

-- Of a party that came with an earlier book the industry may be unknown.
ALTER TABLE zengxin.party ADD COLUMN import_id uuid;

ALTER TABLE zengxin.party DROP CONSTRAINT party_industry_of_organisations;

ALTER TABLE zengxin.party
  ADD CONSTRAINT party_import_fk FOREIGN KEY (institution_id, import_id) REFERENCES zengxin.import_run (institution_id, id),
  ADD CONSTRAINT party_industry_of_organisations
    CHECK (industry_code IS NOT NULL OR kind = 'natural_person' OR import_id IS NOT NULL);

-- A contract that is taken over begins with one event, which also says whether it was a small ticket then.
ALTER TABLE zengxin.contract_event DROP CONSTRAINT contract_event_kind_known;

ALTER TABLE zengxin.contract_event DROP CONSTRAINT contract_event_small_ticket_begins;

ALTER TABLE zengxin.contract_event
  ADD CONSTRAINT contract_event_kind_known CHECK (kind IN ('submitted', 'withdrawn', 'rejected', 'refused', 'approved', 'cancelled',
    'lapsed', 'disbursed', 'released', 'release_reversed', 'evaluated', 'taken_over')),
  ADD CONSTRAINT contract_event_small_ticket_begins CHECK ((kind IN ('disbursed', 'taken_over')) = (small_ticket IS NOT NULL));
