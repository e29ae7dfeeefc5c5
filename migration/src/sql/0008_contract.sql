-- Agreements and contracts, and the counters that every limit is formed from. A share or a rate of ten decimals is a whole number of
-- 10⁻¹⁰ (`_e10`); whatever moves an amount moves the counters in the same transaction.

-- Whom an institution shares its risk with: a bank, a provincial re-guarantor, the national fund. `cap_fen` is the most under it.
CREATE TABLE zengxin.agreement (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  name text NOT NULL,
  bank_id uuid,
  provincial_id uuid,
  national_id uuid,
  product_ids uuid[] NOT NULL,
  cap_fen bigint,
  from_day date NOT NULL,
  until_day date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT agreement_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT agreement_number_key UNIQUE (institution_id, number),
  CONSTRAINT agreement_number_length CHECK (char_length(number) BETWEEN 1 AND 100),
  CONSTRAINT agreement_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT agreement_cap_positive CHECK (cap_fen > 0),
  CONSTRAINT agreement_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT agreement_version_positive CHECK (version > 0)
);

-- Who bears how much under an agreement, and for which fee, from which day until before which.
CREATE TABLE zengxin.agreement_terms (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  from_day date NOT NULL,
  until_day date,
  bank_share_e10 bigint NOT NULL,
  institution_share_e10 bigint NOT NULL,
  provincial_share_e10 bigint NOT NULL,
  national_share_e10 bigint NOT NULL,
  local_finance_share_e10 bigint NOT NULL,
  other_share_e10 bigint NOT NULL,
  provincial_fee_rate_e10 bigint NOT NULL,
  national_fee_rate_e10 bigint NOT NULL,
  early_release text NOT NULL,
  seq bigint NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT agreement_terms_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT agreement_terms_shares_range CHECK (least(bank_share_e10, institution_share_e10, provincial_share_e10,
    national_share_e10, local_finance_share_e10, other_share_e10) >= 0 AND greatest(bank_share_e10, institution_share_e10,
    provincial_share_e10, national_share_e10, local_finance_share_e10, other_share_e10) <= 10000000000),
  CONSTRAINT agreement_terms_whole CHECK (bank_share_e10 + institution_share_e10 + provincial_share_e10
    + national_share_e10 + local_finance_share_e10 + other_share_e10 = 10000000000),
  CONSTRAINT agreement_terms_fees_range CHECK (provincial_fee_rate_e10 BETWEEN 0 AND 10000000000
    AND national_fee_rate_e10 BETWEEN 0 AND 10000000000),
  CONSTRAINT agreement_terms_early_release_known CHECK (early_release IN ('none', 'pro_rata')),
  CONSTRAINT agreement_terms_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT agreement_terms_version_positive CHECK (version > 0),
  CONSTRAINT agreement_terms_one_at_a_time EXCLUDE USING gist
    (institution_id WITH =, agreement_id WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- What a re-guarantor lets a cedent use in a year: the re-guarantor's own row, which the cedent reads.
CREATE TABLE zengxin.quota_grant (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  cedent_id uuid NOT NULL,
  year integer NOT NULL,
  granted_fen bigint NOT NULL,
  document text NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT quota_grant_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT quota_grant_once_a_year UNIQUE (institution_id, cedent_id, year),
  CONSTRAINT quota_grant_year_range CHECK (year BETWEEN 2000 AND 2999),
  CONSTRAINT quota_grant_not_negative CHECK (granted_fen >= 0),
  CONSTRAINT quota_grant_document_length CHECK (char_length(document) BETWEEN 1 AND 500),
  CONSTRAINT quota_grant_version_positive CHECK (version > 0)
);

-- A contract as it stands. `party_id` has signed it; `client_id` is in whose book it counts: the same, or the one it was merged into.
-- From `client_kind` on the columns are fixed at approval.
CREATE TABLE zengxin.contract (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  party_id uuid NOT NULL,
  client_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  product_id uuid,
  product_stated_by uuid,
  client_grade text,
  kind text NOT NULL,
  issuer_rating text,
  bank_id uuid,
  branch_id uuid,
  loan_number text,
  principal_fen bigint NOT NULL,
  loan_rate_e10 bigint NOT NULL,
  credit_line_fen bigint NOT NULL,
  operating_loan boolean NOT NULL,
  existing_loan text NOT NULL,
  purpose text NOT NULL,
  amount_fen bigint NOT NULL,
  fee_fen bigint NOT NULL,
  charges jsonb NOT NULL,
  signed_on date NOT NULL,
  start_day date NOT NULL,
  end_day date NOT NULL,
  startup_hires integer,
  startup_staff integer,
  counter_guarantee text NOT NULL,
  tags text NOT NULL,
  state text NOT NULL,
  content_version bigint NOT NULL,
  content_hash bytea NOT NULL,
  drafted_by uuid NOT NULL,
  submitted_by uuid,
  decided_by uuid,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  client_kind text,
  size_class text,
  region_code text,
  industry_code text,
  provincial_id uuid,
  national_id uuid,
  bank_share_e10 bigint,
  institution_share_e10 bigint,
  provincial_share_e10 bigint,
  national_share_e10 bigint,
  local_finance_share_e10 bigint,
  other_share_e10 bigint,
  provincial_fee_fen bigint,
  national_fee_fen bigint,
  early_release text,
  approved_on date,
  begun_on date,
  ended_on date,
  outstanding_fen bigint NOT NULL,
  CONSTRAINT contract_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT contract_number_key UNIQUE (institution_id, number),
  CONSTRAINT contract_number_length CHECK (char_length(number) BETWEEN 1 AND 100),
  CONSTRAINT contract_product_whole CHECK ((product_id IS NULL) = (product_stated_by IS NULL)),
  CONSTRAINT contract_kind_known CHECK (kind IN ('loan', 'bond', 'housing', 'other', 'non_financing')),
  CONSTRAINT contract_existing_loan_known CHECK (existing_loan IN ('none', 'examined', 'not_examined')),
  CONSTRAINT contract_purpose_known CHECK (purpose IN
    ('working_capital', 'equipment', 'research', 'agriculture', 'start_up', 'construction', 'government_bond', 'other')),
  CONSTRAINT contract_amounts_range CHECK (amount_fen > 0 AND principal_fen >= amount_fen
    AND least(fee_fen, credit_line_fen, loan_rate_e10) >= 0),
  CONSTRAINT contract_outstanding_range CHECK (outstanding_fen BETWEEN 0 AND amount_fen),
  CONSTRAINT contract_term_not_empty CHECK (start_day < end_day),
  CONSTRAINT contract_startup_range CHECK (least(startup_hires, startup_staff) >= 0
    AND (startup_hires IS NULL) = (startup_staff IS NULL)),
  CONSTRAINT contract_state_known CHECK (state IN
    ('draft', 'submitted', 'approved', 'in_force', 'released', 'rejected', 'withdrawn', 'cancelled', 'lapsed')),
  CONSTRAINT contract_counts_while_open CHECK ((state IN ('approved', 'in_force')) = (outstanding_fen > 0)),
  CONSTRAINT contract_approval_whole CHECK ((state IN ('draft', 'submitted', 'rejected', 'withdrawn')) = (approved_on IS NULL)),
  CONSTRAINT contract_early_release_known CHECK (early_release IN ('none', 'pro_rata')),
  CONSTRAINT contract_versions_positive CHECK (version > 0 AND content_version > 0)
);

-- What happened to a contract. Only added to: a correction is an event that names the one it reverses. `amount_fen` is how much the
-- outstanding amount rose or fell.
CREATE TABLE zengxin.contract_event (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  contract_id uuid NOT NULL,
  client_id uuid NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL,
  effective_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  amount_fen bigint NOT NULL,
  outstanding_fen bigint NOT NULL,
  refund_fen bigint NOT NULL,
  content_version bigint NOT NULL,
  content_hash bytea NOT NULL,
  reason text,
  reverses uuid,
  rulebook text,
  findings jsonb,
  creation_hash bytea NOT NULL,
  CONSTRAINT contract_event_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT contract_event_reversed_once UNIQUE (institution_id, reverses),
  CONSTRAINT contract_event_kind_known CHECK (kind IN ('submitted', 'withdrawn', 'rejected', 'refused', 'approved', 'cancelled',
    'lapsed', 'disbursed', 'released', 'release_reversed', 'evaluated')),
  CONSTRAINT contract_event_actor_known CHECK (actor_kind IN ('person', 'machine', 'nobody', 'operator')),
  CONSTRAINT contract_event_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT contract_event_reversal_named CHECK ((kind = 'release_reversed') = (reverses IS NOT NULL)),
  CONSTRAINT contract_event_seq_positive CHECK (seq > 0)
);

-- The findings of a decision that do not pass, one row each, so that they can be listed and counted.
CREATE TABLE zengxin.contract_finding (
  institution_id uuid NOT NULL,
  event_id uuid NOT NULL,
  place integer NOT NULL,
  contract_id uuid NOT NULL,
  rule text NOT NULL,
  outcome text NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT contract_finding_pk PRIMARY KEY (institution_id, event_id, place),
  CONSTRAINT contract_finding_outcome_known CHECK (outcome IN ('refuse', 'needs_exception', 'advise', 'not_assessed'))
);

-- A written exception to a rule of principle: by a second person, for one content of one contract, until its last day.
CREATE TABLE zengxin.contract_exception (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  contract_id uuid NOT NULL,
  rule text NOT NULL,
  content_version bigint NOT NULL,
  reason text NOT NULL,
  expires_on date NOT NULL,
  granted_by uuid NOT NULL,
  granted_on date NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT contract_exception_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT contract_exception_once UNIQUE (institution_id, contract_id, content_version, rule),
  CONSTRAINT contract_exception_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT contract_exception_not_over CHECK (granted_on <= expires_on)
);

-- What one client has at the institution, outstanding and committed: `domain::exposure::ClientBook`.
CREATE TABLE zengxin.client_exposure (
  institution_id uuid NOT NULL,
  party_id uuid NOT NULL,
  total_fen bigint NOT NULL DEFAULT 0,
  small_agri_fen bigint NOT NULL DEFAULT 0,
  small_loan_fen bigint NOT NULL DEFAULT 0,
  farmer_loan_fen bigint NOT NULL DEFAULT 0,
  other_loan_fen bigint NOT NULL DEFAULT 0,
  rated_bond_fen bigint NOT NULL DEFAULT 0,
  other_bond_fen bigint NOT NULL DEFAULT 0,
  housing_fen bigint NOT NULL DEFAULT 0,
  other_fen bigint NOT NULL DEFAULT 0,
  regulator_small_fen bigint NOT NULL DEFAULT 0,
  regulator_small_credit_fen bigint NOT NULL DEFAULT 0,
  CONSTRAINT client_exposure_pk PRIMARY KEY (institution_id, party_id),
  CONSTRAINT client_exposure_not_negative CHECK (least(total_fen, small_agri_fen, small_loan_fen, farmer_loan_fen, other_loan_fen,
    rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen, regulator_small_credit_fen) >= 0)
);

-- What the institution has: `domain::exposure::Book`. The hot row: locked after the clients and quotas, just before the head.
CREATE TABLE zengxin.portfolio_position (
  institution_id uuid NOT NULL,
  total_fen bigint NOT NULL DEFAULT 0,
  small_agri_fen bigint NOT NULL DEFAULT 0,
  small_ticket_fen bigint NOT NULL DEFAULT 0,
  clients bigint NOT NULL DEFAULT 0,
  small_agri_clients bigint NOT NULL DEFAULT 0,
  small_loan_fen bigint NOT NULL DEFAULT 0,
  farmer_loan_fen bigint NOT NULL DEFAULT 0,
  other_loan_fen bigint NOT NULL DEFAULT 0,
  rated_bond_fen bigint NOT NULL DEFAULT 0,
  other_bond_fen bigint NOT NULL DEFAULT 0,
  housing_fen bigint NOT NULL DEFAULT 0,
  other_fen bigint NOT NULL DEFAULT 0,
  regulator_small_fen bigint NOT NULL DEFAULT 0,
  regulator_small_credit_fen bigint NOT NULL DEFAULT 0,
  CONSTRAINT portfolio_position_pk PRIMARY KEY (institution_id),
  CONSTRAINT portfolio_position_not_negative CHECK (least(total_fen, small_agri_fen, small_ticket_fen, clients, small_agri_clients,
    small_loan_fen, farmer_loan_fen, other_loan_fen, rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen,
    regulator_small_credit_fen) >= 0)
) WITH (fillfactor = 50);

-- What is outstanding in a region or an industry division.
CREATE TABLE zengxin.segment_exposure (
  institution_id uuid NOT NULL,
  kind text NOT NULL,
  code text COLLATE "C" NOT NULL,
  outstanding_fen bigint NOT NULL,
  CONSTRAINT segment_exposure_pk PRIMARY KEY (institution_id, kind, code),
  CONSTRAINT segment_exposure_kind_known CHECK (kind IN ('region', 'industry')),
  CONSTRAINT segment_exposure_not_negative CHECK (outstanding_fen >= 0)
);

-- What began in a calendar year: for average fees and for the shares on the basis of new business.
CREATE TABLE zengxin.year_volume (
  institution_id uuid NOT NULL,
  year integer NOT NULL,
  contracts bigint NOT NULL,
  amount_fen bigint NOT NULL,
  small_agri_fen bigint NOT NULL,
  small_ticket_fen bigint NOT NULL,
  amount_days bigint NOT NULL,
  fee_fen bigint NOT NULL,
  CONSTRAINT year_volume_pk PRIMARY KEY (institution_id, year)
);

-- What is used of a re-guarantor's quota of a year, or (year 0) of an agreement's cap.
CREATE TABLE zengxin.quota_use (
  institution_id uuid NOT NULL,
  of_id uuid NOT NULL,
  year integer NOT NULL,
  used_fen bigint NOT NULL DEFAULT 0,
  CONSTRAINT quota_use_pk PRIMARY KEY (institution_id, of_id, year),
  CONSTRAINT quota_use_not_negative CHECK (used_fen >= 0)
);

-- What of a contract is ceded to an upper layer, as facts: written in the cedent's transaction, read by both. `head_hash` is the end
-- of the cedent's chain before the event, so that a rewritten chain is found from outside.
CREATE TABLE zengxin.cession (
  institution_id uuid NOT NULL,
  reguarantor_id uuid NOT NULL,
  event_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  layer text NOT NULL,
  kind text NOT NULL,
  effective_on date NOT NULL,
  number text NOT NULL,
  client_kind text NOT NULL,
  region_code text NOT NULL,
  industry_code text,
  bank_id uuid,
  loan_number text,
  start_day date NOT NULL,
  end_day date NOT NULL,
  amount_fen bigint NOT NULL,
  outstanding_fen bigint NOT NULL,
  fee_fen bigint NOT NULL,
  share_e10 bigint NOT NULL,
  seq bigint NOT NULL,
  head_hash bytea NOT NULL,
  CONSTRAINT cession_pk PRIMARY KEY (institution_id, reguarantor_id, event_id),
  CONSTRAINT cession_layer_known CHECK (layer IN ('provincial', 'national')),
  CONSTRAINT cession_share_range CHECK (share_e10 BETWEEN 1 AND 10000000000),
  CONSTRAINT cession_hash_length CHECK (octet_length(head_hash) = 32)
);

-- The sums of what a cedent has ceded to an upper layer, at the full guaranteed amount: the upper layer's figures are folds of these.
CREATE TABLE zengxin.cession_position (
  institution_id uuid NOT NULL,
  reguarantor_id uuid NOT NULL,
  contracts bigint NOT NULL,
  outstanding_fen bigint NOT NULL,
  small_agri_fen bigint NOT NULL,
  share_e10 bigint NOT NULL,
  CONSTRAINT cession_position_pk PRIMARY KEY (institution_id, reguarantor_id, share_e10),
  CONSTRAINT cession_position_share_range CHECK (share_e10 BETWEEN 1 AND 10000000000),
  CONSTRAINT cession_position_not_negative CHECK (least(contracts, outstanding_fen, small_agri_fen) >= 0)
);

-- A share that fell below its limit without a booking; read by the institution and by its re-guarantor of that day.
CREATE TABLE zengxin.drift_alert (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  reguarantor_id uuid,
  rule text NOT NULL,
  raised_on date NOT NULL,
  raised_seq bigint NOT NULL,
  measured text NOT NULL,
  limit_value text NOT NULL,
  cleared_on date,
  cleared_seq bigint,
  CONSTRAINT drift_alert_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT drift_alert_cleared_whole CHECK ((cleared_on IS NULL) = (cleared_seq IS NULL))
);

-- Two parties that turned out to be one, and which contracts went over.
CREATE TABLE zengxin.party_merge (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  source_id uuid NOT NULL,
  target_id uuid NOT NULL,
  reason text NOT NULL,
  merged_on date NOT NULL,
  seq bigint NOT NULL,
  contract_ids uuid[] NOT NULL,
  undoing_id uuid,
  undone_on date,
  undone_seq bigint,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_merge_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_merge_of_two CHECK (source_id <> target_id),
  CONSTRAINT party_merge_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT party_merge_undoing_whole CHECK ((undone_on IS NULL) = (undone_seq IS NULL) AND (undone_on IS NULL) = (undoing_id IS NULL))
);

ALTER TABLE zengxin.agreement
  ADD CONSTRAINT agreement_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT agreement_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank (id),
  ADD CONSTRAINT agreement_provincial_fk FOREIGN KEY (provincial_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT agreement_national_fk FOREIGN KEY (national_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.agreement_terms
  ADD CONSTRAINT agreement_terms_agreement_fk FOREIGN KEY (institution_id, agreement_id)
  REFERENCES zengxin.agreement (institution_id, id);

ALTER TABLE zengxin.quota_grant
  ADD CONSTRAINT quota_grant_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT quota_grant_cedent_fk FOREIGN KEY (cedent_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.contract
  ADD CONSTRAINT contract_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id),
  ADD CONSTRAINT contract_client_fk FOREIGN KEY (institution_id, client_id) REFERENCES zengxin.party (institution_id, id),
  ADD CONSTRAINT contract_agreement_fk FOREIGN KEY (institution_id, agreement_id) REFERENCES zengxin.agreement (institution_id, id),
  ADD CONSTRAINT contract_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank (id),
  ADD CONSTRAINT contract_branch_fk FOREIGN KEY (branch_id) REFERENCES zengxin.bank_branch (id);

ALTER TABLE zengxin.contract_event
  ADD CONSTRAINT contract_event_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract (institution_id, id);

ALTER TABLE zengxin.contract_finding
  ADD CONSTRAINT contract_finding_event_fk FOREIGN KEY (institution_id, event_id)
  REFERENCES zengxin.contract_event (institution_id, id);

ALTER TABLE zengxin.contract_exception
  ADD CONSTRAINT contract_exception_contract_fk FOREIGN KEY (institution_id, contract_id)
  REFERENCES zengxin.contract (institution_id, id);

ALTER TABLE zengxin.client_exposure
  ADD CONSTRAINT client_exposure_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.portfolio_position
  ADD CONSTRAINT portfolio_position_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.segment_exposure
  ADD CONSTRAINT segment_exposure_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.year_volume
  ADD CONSTRAINT year_volume_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.quota_use
  ADD CONSTRAINT quota_use_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.cession
  ADD CONSTRAINT cession_event_fk FOREIGN KEY (institution_id, event_id) REFERENCES zengxin.contract_event (institution_id, id),
  ADD CONSTRAINT cession_reguarantor_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.cession_position
  ADD CONSTRAINT cession_position_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT cession_position_reguarantor_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.drift_alert
  ADD CONSTRAINT drift_alert_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.party_merge
  ADD CONSTRAINT party_merge_source_fk FOREIGN KEY (institution_id, source_id) REFERENCES zengxin.party (institution_id, id),
  ADD CONSTRAINT party_merge_target_fk FOREIGN KEY (institution_id, target_id) REFERENCES zengxin.party (institution_id, id);

CREATE INDEX agreement_terms_of_agreement ON zengxin.agreement_terms (institution_id, agreement_id, from_day);

CREATE INDEX contract_of_client ON zengxin.contract (institution_id, client_id, id);

CREATE INDEX contract_of_party ON zengxin.contract (institution_id, party_id, id);

CREATE INDEX contract_by_state ON zengxin.contract (institution_id, state, id);

CREATE INDEX contract_by_end ON zengxin.contract (institution_id, end_day, id) WHERE outstanding_fen > 0;

CREATE INDEX contract_comparable ON zengxin.contract (institution_id, client_kind, begun_on) WHERE begun_on IS NOT NULL;

CREATE INDEX contract_event_of_contract ON zengxin.contract_event (institution_id, contract_id, seq);

CREATE INDEX contract_event_by_day ON zengxin.contract_event (institution_id, effective_on, seq) WHERE amount_fen <> 0;

CREATE INDEX contract_finding_of_contract ON zengxin.contract_finding (institution_id, contract_id, seq);

CREATE INDEX contract_finding_by_rule ON zengxin.contract_finding (institution_id, rule, seq);

CREATE INDEX client_exposure_by_total ON zengxin.client_exposure (institution_id, total_fen);

CREATE INDEX quota_grant_of_cedent ON zengxin.quota_grant (cedent_id, year);

CREATE INDEX cession_of_reguarantor ON zengxin.cession (reguarantor_id, institution_id, contract_id, seq);

CREATE INDEX cession_position_of_reguarantor ON zengxin.cession_position (reguarantor_id, institution_id);

CREATE INDEX drift_alert_open ON zengxin.drift_alert (institution_id, rule) WHERE cleared_on IS NULL;

CREATE INDEX drift_alert_of_reguarantor ON zengxin.drift_alert (reguarantor_id, raised_on) WHERE cleared_on IS NULL;

CREATE INDEX party_merge_of_target ON zengxin.party_merge (institution_id, target_id, seq);

ALTER TABLE zengxin.agreement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY agreement_read ON zengxin.agreement FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY agreement_insert ON zengxin.agreement FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY agreement_update ON zengxin.agreement FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.agreement_terms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY agreement_terms_read ON zengxin.agreement_terms FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY agreement_terms_insert ON zengxin.agreement_terms FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY agreement_terms_update ON zengxin.agreement_terms FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.quota_grant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY quota_grant_read ON zengxin.quota_grant FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR cedent_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY quota_grant_insert ON zengxin.quota_grant FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY quota_grant_update ON zengxin.quota_grant FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.contract ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY contract_read ON zengxin.contract FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_insert ON zengxin.contract FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_update ON zengxin.contract FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.contract_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY contract_event_read ON zengxin.contract_event FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_event_insert ON zengxin.contract_event FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.contract_finding ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY contract_finding_read ON zengxin.contract_finding FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_finding_insert ON zengxin.contract_finding FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.contract_exception ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY contract_exception_read ON zengxin.contract_exception FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_exception_insert ON zengxin.contract_exception FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.client_exposure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY client_exposure_read ON zengxin.client_exposure FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY client_exposure_insert ON zengxin.client_exposure FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY client_exposure_update ON zengxin.client_exposure FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.portfolio_position ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portfolio_position_read ON zengxin.portfolio_position FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY portfolio_position_insert ON zengxin.portfolio_position FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY portfolio_position_update ON zengxin.portfolio_position FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.segment_exposure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY segment_exposure_read ON zengxin.segment_exposure FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY segment_exposure_insert ON zengxin.segment_exposure FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY segment_exposure_update ON zengxin.segment_exposure FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.year_volume ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY year_volume_read ON zengxin.year_volume FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY year_volume_insert ON zengxin.year_volume FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY year_volume_update ON zengxin.year_volume FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.quota_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY quota_use_read ON zengxin.quota_use FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY quota_use_insert ON zengxin.quota_use FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY quota_use_update ON zengxin.quota_use FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.cession ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY cession_read ON zengxin.cession FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR reguarantor_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY cession_insert ON zengxin.cession FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.cession_position ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY cession_position_read ON zengxin.cession_position FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR reguarantor_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY cession_position_insert ON zengxin.cession_position FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY cession_position_update ON zengxin.cession_position FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.drift_alert ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY drift_alert_read ON zengxin.drift_alert FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR reguarantor_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY drift_alert_insert ON zengxin.drift_alert FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY drift_alert_update ON zengxin.drift_alert FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_merge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_merge_read ON zengxin.party_merge FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_merge_insert ON zengxin.party_merge FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_merge_update ON zengxin.party_merge FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.contract_event, zengxin.contract_finding, zengxin.contract_exception, zengxin.cession TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (until_day, version) ON zengxin.agreement_terms TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (name, product_ids, cap_fen, until_day, version) ON zengxin.agreement TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (granted_fen, document, version) ON zengxin.quota_grant TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  number, party_id, client_id, agreement_id, product_id, product_stated_by, client_grade, kind, issuer_rating, bank_id,
  branch_id, loan_number, principal_fen, loan_rate_e10, credit_line_fen, operating_loan, existing_loan, purpose, amount_fen,
  fee_fen, charges, signed_on, start_day, end_day, startup_hires, startup_staff, counter_guarantee, tags,
  state, content_version, content_hash, submitted_by, decided_by, version, client_kind, size_class,
  region_code, industry_code, provincial_id, national_id, bank_share_e10, institution_share_e10, provincial_share_e10,
  national_share_e10, local_finance_share_e10, other_share_e10, provincial_fee_fen, national_fee_fen, early_release,
  approved_on, begun_on, ended_on, outstanding_fen
) ON zengxin.contract TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  total_fen, small_agri_fen, small_loan_fen, farmer_loan_fen, other_loan_fen, rated_bond_fen, other_bond_fen, housing_fen,
  other_fen, regulator_small_fen, regulator_small_credit_fen
) ON zengxin.client_exposure TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  total_fen, small_agri_fen, small_ticket_fen, clients, small_agri_clients, small_loan_fen, farmer_loan_fen, other_loan_fen,
  rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen, regulator_small_credit_fen
) ON zengxin.portfolio_position TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  outstanding_fen
) ON zengxin.segment_exposure TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  contracts, amount_fen, small_agri_fen, small_ticket_fen, amount_days, fee_fen
) ON zengxin.year_volume TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  used_fen
) ON zengxin.quota_use TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (
  contracts, outstanding_fen, small_agri_fen
) ON zengxin.cession_position TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (cleared_on, cleared_seq) ON zengxin.drift_alert TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (undoing_id, undone_on, undone_seq) ON zengxin.party_merge TO zengxin_app;
