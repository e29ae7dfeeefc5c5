-- What the upper layers see of what is ceded to them, and what they decide about it.

-- Under which agreement, and since when: with its terms the upper layer computes its own fee. What was ceded before this step has none.
ALTER TABLE zengxin.cession ADD COLUMN agreement_id uuid, ADD COLUMN approved_on date;

ALTER TABLE zengxin.cession
  ADD CONSTRAINT cession_agreement_whole CHECK ((agreement_id IS NULL) = (approved_on IS NULL));

CREATE INDEX cession_latest ON zengxin.cession (reguarantor_id, institution_id, contract_id, seq DESC);

CREATE INDEX cession_begun ON zengxin.cession (reguarantor_id, effective_on) WHERE kind = 'disbursed';

-- The sums by share: what is ceded is share × outstanding, exactly, whatever the number of contracts. They are folded anew from the
-- newest fact of each contract; row security binds the owner too, so it rests meanwhile.
ALTER TABLE zengxin.cession NO FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.cession_position NO FORCE ROW LEVEL SECURITY;

DELETE FROM zengxin.cession_position;

ALTER TABLE zengxin.cession_position ADD COLUMN share_e10 bigint NOT NULL;

ALTER TABLE zengxin.cession_position DROP CONSTRAINT cession_position_pk;

ALTER TABLE zengxin.cession_position
  ADD CONSTRAINT cession_position_pk PRIMARY KEY (institution_id, reguarantor_id, share_e10),
  ADD CONSTRAINT cession_position_share_range CHECK (share_e10 BETWEEN 1 AND 10000000000);

INSERT INTO zengxin.cession_position (institution_id, reguarantor_id, share_e10, contracts, outstanding_fen, small_agri_fen)
SELECT c.institution_id, c.reguarantor_id, c.share_e10, count(*) FILTER (WHERE c.outstanding_fen > 0), sum(c.outstanding_fen),
  coalesce(sum(c.outstanding_fen) FILTER (WHERE c.client_kind IN
    ('small_micro_enterprise', 'individual_business', 'small_business_owner', 'farmer', 'new_agri_entity')), 0)
FROM (SELECT DISTINCT ON (institution_id, reguarantor_id, contract_id) * FROM zengxin.cession
  ORDER BY institution_id, reguarantor_id, contract_id, seq DESC) c
GROUP BY c.institution_id, c.reguarantor_id, c.share_e10;

ALTER TABLE zengxin.cession FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.cession_position FORCE ROW LEVEL SECURITY;

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

-- As before; the sums of what is ceded are kept by share.
CREATE OR REPLACE FUNCTION zengxin.save_book(institution uuid, contracts jsonb, events jsonb, findings jsonb, clients jsonb, positions jsonb,
  volumes jsonb, segments jsonb, quotas jsonb, cessions jsonb, uppers jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c zengxin.contract;
  e zengxin.client_exposure;
  p zengxin.portfolio_position;
  v zengxin.year_volume;
  s zengxin.segment_exposure;
  q zengxin.quota_use;
  u zengxin.cession_position;
BEGIN
  FOR c IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract, contracts) LOOP
    UPDATE zengxin.contract t SET state = c.state, version = c.version, client_id = c.client_id, submitted_by = c.submitted_by,
      decided_by = c.decided_by, client_kind = c.client_kind, size_class = c.size_class, region_code = c.region_code,
      industry_code = c.industry_code, provincial_id = c.provincial_id, national_id = c.national_id,
      bank_share_e10 = c.bank_share_e10, institution_share_e10 = c.institution_share_e10,
      provincial_share_e10 = c.provincial_share_e10, national_share_e10 = c.national_share_e10,
      local_finance_share_e10 = c.local_finance_share_e10, other_share_e10 = c.other_share_e10,
      provincial_fee_fen = c.provincial_fee_fen, national_fee_fen = c.national_fee_fen, early_release = c.early_release,
      approved_on = c.approved_on, begun_on = c.begun_on, ended_on = c.ended_on, outstanding_fen = c.outstanding_fen
    WHERE t.institution_id = institution AND t.id = c.id;
  END LOOP;
  INSERT INTO zengxin.contract_event SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract_event, events);
  INSERT INTO zengxin.contract_finding SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract_finding, findings);
  FOR e IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.client_exposure, clients) LOOP
    UPDATE zengxin.client_exposure t SET total_fen = e.total_fen, small_agri_fen = e.small_agri_fen,
      small_loan_fen = e.small_loan_fen, farmer_loan_fen = e.farmer_loan_fen, other_loan_fen = e.other_loan_fen,
      rated_bond_fen = e.rated_bond_fen, other_bond_fen = e.other_bond_fen, housing_fen = e.housing_fen, other_fen = e.other_fen,
      regulator_small_fen = e.regulator_small_fen, regulator_small_credit_fen = e.regulator_small_credit_fen
    WHERE t.institution_id = institution AND t.party_id = e.party_id;
  END LOOP;
  FOR p IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.portfolio_position, positions) LOOP
    UPDATE zengxin.portfolio_position t SET total_fen = p.total_fen, small_agri_fen = p.small_agri_fen,
      small_ticket_fen = p.small_ticket_fen, clients = p.clients, small_agri_clients = p.small_agri_clients,
      small_loan_fen = p.small_loan_fen, farmer_loan_fen = p.farmer_loan_fen, other_loan_fen = p.other_loan_fen,
      rated_bond_fen = p.rated_bond_fen, other_bond_fen = p.other_bond_fen, housing_fen = p.housing_fen, other_fen = p.other_fen,
      regulator_small_fen = p.regulator_small_fen, regulator_small_credit_fen = p.regulator_small_credit_fen
    WHERE t.institution_id = institution;
  END LOOP;
  INSERT INTO zengxin.year_volume SELECT institution, n.year, 0, 0, 0, 0, 0, 0
  FROM jsonb_populate_recordset(NULL::zengxin.year_volume, volumes) n ON CONFLICT DO NOTHING;
  FOR v IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.year_volume, volumes) LOOP
    UPDATE zengxin.year_volume t SET contracts = t.contracts + v.contracts, amount_fen = t.amount_fen + v.amount_fen,
      small_agri_fen = t.small_agri_fen + v.small_agri_fen, small_ticket_fen = t.small_ticket_fen + v.small_ticket_fen,
      amount_days = t.amount_days + v.amount_days, fee_fen = t.fee_fen + v.fee_fen
    WHERE t.institution_id = institution AND t.year = v.year;
  END LOOP;
  INSERT INTO zengxin.segment_exposure SELECT institution, n.kind, n.code, 0
  FROM jsonb_populate_recordset(NULL::zengxin.segment_exposure, segments) n ON CONFLICT DO NOTHING;
  FOR s IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.segment_exposure, segments) LOOP
    UPDATE zengxin.segment_exposure t SET outstanding_fen = t.outstanding_fen + s.outstanding_fen
    WHERE t.institution_id = institution AND t.kind = s.kind AND t.code = s.code;
  END LOOP;
  FOR q IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.quota_use, quotas) LOOP
    UPDATE zengxin.quota_use t SET used_fen = q.used_fen
    WHERE t.institution_id = institution AND t.of_id = q.of_id AND t.year = q.year;
  END LOOP;
  INSERT INTO zengxin.cession SELECT * FROM jsonb_populate_recordset(NULL::zengxin.cession, cessions);
  INSERT INTO zengxin.cession_position SELECT institution, n.reguarantor_id, 0, 0, 0, n.share_e10
  FROM jsonb_populate_recordset(NULL::zengxin.cession_position, uppers) n ON CONFLICT DO NOTHING;
  FOR u IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.cession_position, uppers) LOOP
    UPDATE zengxin.cession_position t SET contracts = t.contracts + u.contracts,
      outstanding_fen = t.outstanding_fen + u.outstanding_fen, small_agri_fen = t.small_agri_fen + u.small_agri_fen
    WHERE t.institution_id = institution AND t.reguarantor_id = u.reguarantor_id AND t.share_e10 = u.share_e10;
  END LOOP;
END
$$;
