-- What happened in one transaction has one number: where several facts of a contract do, their ids, which count up, say which came last.

-- An exception that has expired can be granted anew, to another day. The contract is locked while one looks for one that stands.
ALTER TABLE zengxin.contract_exception
  DROP CONSTRAINT contract_exception_once,
  ADD CONSTRAINT contract_exception_once UNIQUE (institution_id, contract_id, content_version, rule, expires_on);

DROP INDEX zengxin.cession_latest;

CREATE INDEX cession_latest ON zengxin.cession (reguarantor_id, institution_id, contract_id, seq DESC, event_id DESC);

DROP INDEX zengxin.contract_event_of_contract;

CREATE INDEX contract_event_of_contract ON zengxin.contract_event (institution_id, contract_id, seq, id);
