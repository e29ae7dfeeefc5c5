-- What the upper layers see of what is ceded to them, and what they decide about it.

-- Under which agreement, and since when: with its terms the upper layer computes its own fee. What was ceded before this step has none.
ALTER TABLE zengxin.cession ADD COLUMN agreement_id uuid, ADD COLUMN approved_on date;

ALTER TABLE zengxin.cession
  ADD CONSTRAINT cession_agreement_whole CHECK ((agreement_id IS NULL) = (approved_on IS NULL));

CREATE INDEX cession_latest ON zengxin.cession (reguarantor_id, institution_id, contract_id, seq DESC);

CREATE INDEX cession_begun ON zengxin.cession (reguarantor_id, effective_on) WHERE kind = 'disbursed';

-- Terms are read by the upper layers that the agreement names: they are a party to it, and compute their fee from it.
ALTER TABLE zengxin.agreement_terms ADD COLUMN provincial_id uuid, ADD COLUMN national_id uuid;

ALTER TABLE zengxin.agreement_terms NO FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.agreement NO FORCE ROW LEVEL SECURITY;

UPDATE zengxin.agreement_terms t SET provincial_id = a.provincial_id, national_id = a.national_id
FROM zengxin.agreement a WHERE a.institution_id = t.institution_id AND a.id = t.agreement_id;

ALTER TABLE zengxin.agreement_terms FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.agreement FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.agreement_terms
  ADD CONSTRAINT agreement_terms_provincial_fk FOREIGN KEY (provincial_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT agreement_terms_national_fk FOREIGN KEY (national_id) REFERENCES zengxin.institution (id);

DROP POLICY agreement_terms_read ON zengxin.agreement_terms;

CREATE POLICY agreement_terms_read ON zengxin.agreement_terms FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR provincial_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR national_id = nullif(current_setting('app.institution_id', true), '')::uuid);

-- What is used of a quota concerns whoever granted it: `of_id` is the re-guarantor then. What is used of an agreement's cap stays with
-- the cedent, because there `of_id` is the agreement.
DROP POLICY quota_use_read ON zengxin.quota_use;

CREATE POLICY quota_use_read ON zengxin.quota_use FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR (of_id = nullif(current_setting('app.institution_id', true), '')::uuid AND year > 0));

CREATE INDEX quota_use_of_reguarantor ON zengxin.quota_use (of_id, year);

-- An alert concerns the national fund too, when it takes part.
ALTER TABLE zengxin.drift_alert ADD COLUMN national_id uuid;

CREATE INDEX drift_alert_of_fund ON zengxin.drift_alert (national_id, raised_on) WHERE cleared_on IS NULL;

DROP POLICY drift_alert_read ON zengxin.drift_alert;

CREATE POLICY drift_alert_read ON zengxin.drift_alert FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR reguarantor_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR national_id = nullif(current_setting('app.institution_id', true), '')::uuid);

-- 备案: what an upper layer has decided about a contract that is ceded to it: its own rows, which the cedent reads. Only added to; the
-- newest counts.
CREATE TABLE zengxin.filing_decision (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  cedent_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  decision text NOT NULL,
  reason text,
  decided_on date NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid NOT NULL,
  share_e10 bigint NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT filing_decision_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT filing_decision_known CHECK (decision IN ('confirmed', 'refused')),
  CONSTRAINT filing_decision_refusal_reasoned CHECK (decision <> 'refused' OR reason IS NOT NULL),
  CONSTRAINT filing_decision_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT filing_decision_actor_known CHECK (actor_kind IN ('person', 'machine')),
  CONSTRAINT filing_decision_share_range CHECK (share_e10 BETWEEN 1 AND 10000000000),
  CONSTRAINT filing_decision_seq_positive CHECK (seq > 0)
);

-- What follows from a decision at the cedent: its own row. From `from_day` on it bears `borne_share_e10` of the risk itself in place of
-- the upper layer; nothing when the filing was confirmed. No money moves.
CREATE TABLE zengxin.filing_application (
  institution_id uuid NOT NULL,
  event_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  reguarantor_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  borne_share_e10 bigint NOT NULL,
  from_day date NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT filing_application_pk PRIMARY KEY (institution_id, event_id),
  CONSTRAINT filing_application_once UNIQUE (institution_id, reguarantor_id, decision_id),
  CONSTRAINT filing_application_share_range CHECK (borne_share_e10 BETWEEN 0 AND 10000000000),
  CONSTRAINT filing_application_seq_positive CHECK (seq > 0)
);

ALTER TABLE zengxin.filing_decision
  ADD CONSTRAINT filing_decision_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT filing_decision_cedent_fk FOREIGN KEY (cedent_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.filing_application
  ADD CONSTRAINT filing_application_event_fk FOREIGN KEY (institution_id, event_id)
    REFERENCES zengxin.contract_event (institution_id, id),
  ADD CONSTRAINT filing_application_upper_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.contract_event DROP CONSTRAINT contract_event_kind_known;

ALTER TABLE zengxin.contract_event
  ADD CONSTRAINT contract_event_kind_known CHECK (kind IN ('submitted', 'withdrawn', 'rejected', 'refused', 'approved', 'cancelled',
    'lapsed', 'disbursed', 'released', 'release_reversed', 'evaluated', 'taken_over', 'filing_applied'));

CREATE INDEX filing_decision_of_contract ON zengxin.filing_decision (institution_id, cedent_id, contract_id, seq DESC);

CREATE INDEX filing_decision_of_cedent ON zengxin.filing_decision (cedent_id, contract_id, institution_id, seq DESC);

CREATE INDEX filing_application_of_contract ON zengxin.filing_application (institution_id, contract_id, seq);

ALTER TABLE zengxin.filing_decision ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY filing_decision_read ON zengxin.filing_decision FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR cedent_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY filing_decision_insert ON zengxin.filing_decision FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.filing_application ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY filing_application_read ON zengxin.filing_application FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY filing_application_insert ON zengxin.filing_application FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.filing_decision, zengxin.filing_application TO zengxin_app;
