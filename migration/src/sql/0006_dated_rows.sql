-- Dated rows that rules, products and reports read: stated once, ended by whoever stated them, never deleted.

-- The figures of an institution's financial statement. Only added to: a correction is a row of its own that names the one it corrects.
CREATE TABLE zengxin.financial_statement (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  as_of date NOT NULL,
  net_assets_fen bigint NOT NULL,
  unearned_reserve_fen bigint NOT NULL,
  compensation_reserve_fen bigint NOT NULL,
  total_assets_fen bigint NOT NULL,
  payout_receivables_fen bigint NOT NULL,
  grade1_fen bigint NOT NULL,
  grade2_fen bigint NOT NULL,
  grade3_fen bigint NOT NULL,
  corrects uuid,
  filed_on date NOT NULL,
  filed_by_kind text NOT NULL,
  filed_by uuid NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT financial_statement_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT financial_statement_corrected_once UNIQUE (institution_id, corrects),
  CONSTRAINT financial_statement_not_of_the_future CHECK (as_of <= filed_on),
  CONSTRAINT financial_statement_not_negative CHECK (least(unearned_reserve_fen, compensation_reserve_fen,
    total_assets_fen, payout_receivables_fen, grade1_fen, grade2_fen, grade3_fen) >= 0),
  CONSTRAINT financial_statement_filed_by_known CHECK (filed_by_kind IN ('person', 'machine')),
  CONSTRAINT financial_statement_seq_positive CHECK (seq > 0)
);

-- A limit stricter than the law, or one where the law is silent. A reference table: who states it owns it, whom it binds reads it.
CREATE TABLE zengxin.local_limit (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  rule text NOT NULL,
  key_code text,
  value text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  document text NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT local_limit_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT local_limit_rule_known CHECK (rule IN ('small_agri_share', 'small_ticket_share', 'fee_up_to_small_ticket',
    'fee_above_small_ticket', 'reguarantee_fee_up_to_small_ticket', 'reguarantee_fee_above_small_ticket', 'bank_share',
    'single_client', 'related_group', 'leverage', 'top_ten_clients', 'region', 'industry')),
  CONSTRAINT local_limit_key_form CHECK (CASE rule WHEN 'region' THEN key_code IS NULL OR key_code ~ '^[0-9]{6}$'
    WHEN 'industry' THEN key_code IS NULL OR key_code ~ '^([A-T]|[0-9]{2})$' ELSE key_code IS NULL END),
  CONSTRAINT local_limit_value_form CHECK (value ~ '^[0-9]+(\.[0-9]{1,10})?$'),
  CONSTRAINT local_limit_document_length CHECK (char_length(document) BETWEEN 1 AND 500),
  CONSTRAINT local_limit_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT local_limit_version_positive CHECK (version > 0),
  CONSTRAINT local_limit_stated_once EXCLUDE USING gist (institution_id WITH =, member_id WITH =, rule WITH =,
    (coalesce(key_code, '')) WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- What a supervisor confirms about an institution that it supervises. A reference table, read by both.
CREATE TABLE zengxin.supervisor_confirmation (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  document text NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT supervisor_confirmation_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT supervisor_confirmation_kind_known CHECK (kind IN ('mainly_small', 'technology_linkage')),
  CONSTRAINT supervisor_confirmation_document_length CHECK (char_length(document) BETWEEN 1 AND 500),
  CONSTRAINT supervisor_confirmation_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT supervisor_confirmation_version_positive CHECK (version > 0),
  CONSTRAINT supervisor_confirmation_stated_once EXCLUDE USING gist
    (institution_id WITH =, member_id WITH =, kind WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- The register of an institution's investments in companies that are no financing guarantors.
CREATE TABLE zengxin.equity_investment (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  investee_name text NOT NULL,
  amount_fen bigint NOT NULL,
  technology_linkage boolean NOT NULL,
  from_day date NOT NULL,
  until_day date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT equity_investment_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT equity_investment_name_length CHECK (char_length(investee_name) BETWEEN 1 AND 200),
  CONSTRAINT equity_investment_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT equity_investment_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT equity_investment_version_positive CHECK (version > 0)
);

-- Banks, a reference table: everybody who is logged in reads it, whoever stated a row ends it.
CREATE TABLE zengxin.bank (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT bank_pk PRIMARY KEY (id),
  CONSTRAINT bank_code_key UNIQUE (code),
  CONSTRAINT bank_code_form CHECK (code ~ '^[A-Z0-9]{2,20}$'),
  CONSTRAINT bank_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT bank_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT bank_version_positive CHECK (version > 0)
);

-- The branches of banks, a reference table like these.
CREATE TABLE zengxin.bank_branch (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  bank_id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  region_code text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT bank_branch_pk PRIMARY KEY (id),
  CONSTRAINT bank_branch_code_key UNIQUE (code),
  CONSTRAINT bank_branch_code_form CHECK (code ~ '^[A-Z0-9]{2,20}$'),
  CONSTRAINT bank_branch_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT bank_branch_region_form CHECK (region_code ~ '^[0-9]{6}$'),
  CONSTRAINT bank_branch_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT bank_branch_version_positive CHECK (version > 0)
);

-- Products and their parameters, a reference table. `open` is set from the stater's kind, so that the policy reads no table.
CREATE TABLE zengxin.product (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  open boolean NOT NULL,
  from_day date NOT NULL,
  until_day date,
  client_max_fen bigint,
  payout_rate_cap text,
  payout_definition text,
  fee_max text,
  reguarantee_fee_max text,
  bank_min text,
  provincial_min text,
  grade1_name text,
  grade1_national_max text,
  grade2_name text,
  grade2_national_max text,
  grade3_name text,
  grade3_national_max text,
  replaces_rules text NOT NULL,
  document text NOT NULL,
  clause text NOT NULL,
  verified boolean NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT product_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT product_code_form CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  CONSTRAINT product_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT product_kind_known CHECK (kind IN ('regular', 'batch', 'plan', 'startup')),
  CONSTRAINT product_client_max_positive CHECK (client_max_fen > 0),
  CONSTRAINT product_payout_definition_known CHECK (payout_definition IN ('institution', 'batch')),
  CONSTRAINT product_payout_cap_whole CHECK ((payout_rate_cap IS NULL) = (payout_definition IS NULL)),
  CONSTRAINT product_rates_form CHECK (concat_ws(' ', payout_rate_cap, fee_max, reguarantee_fee_max, bank_min, provincial_min,
    grade1_national_max, grade2_national_max, grade3_national_max) ~ '^([01](\.[0-9]{1,10})?( |$))*$'),
  CONSTRAINT product_grades_whole CHECK ((grade1_name IS NULL) = (grade1_national_max IS NULL)
    AND (grade2_name IS NULL) = (grade2_national_max IS NULL) AND (grade3_name IS NULL) = (grade3_national_max IS NULL)),
  CONSTRAINT product_grades_in_order CHECK ((grade1_name IS NOT NULL OR grade2_name IS NULL)
    AND (grade2_name IS NOT NULL OR grade3_name IS NULL)),
  CONSTRAINT product_replaces_rules_form CHECK (replaces_rules ~ '^([a-z_]+\.[a-z_]+( |$))*$'),
  CONSTRAINT product_document_length CHECK (char_length(document) BETWEEN 1 AND 500),
  CONSTRAINT product_clause_length CHECK (char_length(clause) BETWEEN 1 AND 100),
  CONSTRAINT product_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT product_version_positive CHECK (version > 0),
  CONSTRAINT product_stated_once EXCLUDE USING gist
    (institution_id WITH =, code WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- When reports are due, a reference table. A rule, not a day: so many months after the period's last month, on this day of that month.
CREATE TABLE zengxin.deadline (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  report_code text NOT NULL,
  reporter_kind text NOT NULL,
  recipient text NOT NULL,
  period text NOT NULL,
  month_offset integer NOT NULL,
  day_of_month integer NOT NULL,
  region_code text,
  from_day date NOT NULL,
  until_day date,
  document text NOT NULL,
  clause text NOT NULL,
  verified boolean NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT deadline_pk PRIMARY KEY (id),
  CONSTRAINT deadline_report_form CHECK (report_code ~ '^[a-z0-9][a-z0-9_]{1,47}$'),
  CONSTRAINT deadline_reporter_known CHECK (reporter_kind IN
    ('national_fund', 'provincial_reguarantor', 'guarantee_institution', 'finance_bureau', 'supervisor')),
  CONSTRAINT deadline_recipient_length CHECK (char_length(recipient) BETWEEN 1 AND 200),
  CONSTRAINT deadline_period_known CHECK (period IN ('monthly', 'quarterly', 'half_year', 'yearly')),
  CONSTRAINT deadline_month_offset_range CHECK (month_offset BETWEEN 0 AND 24),
  CONSTRAINT deadline_day_of_month_range CHECK (day_of_month BETWEEN 1 AND 31),
  CONSTRAINT deadline_region_form CHECK (region_code ~ '^[0-9]{6}$'),
  CONSTRAINT deadline_document_length CHECK (char_length(document) BETWEEN 1 AND 500),
  CONSTRAINT deadline_clause_length CHECK (char_length(clause) BETWEEN 1 AND 100),
  CONSTRAINT deadline_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT deadline_version_positive CHECK (version > 0),
  CONSTRAINT deadline_stated_once EXCLUDE USING gist (institution_id WITH =, report_code WITH =, reporter_kind WITH =,
    (coalesce(region_code, '')) WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

ALTER TABLE zengxin.financial_statement
  ADD CONSTRAINT financial_statement_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT financial_statement_corrects_fk FOREIGN KEY (institution_id, corrects)
  REFERENCES zengxin.financial_statement (institution_id, id);

ALTER TABLE zengxin.local_limit
  ADD CONSTRAINT local_limit_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT local_limit_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.supervisor_confirmation
  ADD CONSTRAINT supervisor_confirmation_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT supervisor_confirmation_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.equity_investment
  ADD CONSTRAINT equity_investment_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.bank
  ADD CONSTRAINT bank_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.bank_branch
  ADD CONSTRAINT bank_branch_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT bank_branch_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank (id);

ALTER TABLE zengxin.product
  ADD CONSTRAINT product_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.deadline
  ADD CONSTRAINT deadline_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

-- Of the statements of a day one corrects none, and every other the one filed before it.
CREATE UNIQUE INDEX financial_statement_first_of_day ON zengxin.financial_statement (institution_id, as_of) WHERE corrects IS NULL;

CREATE INDEX financial_statement_latest ON zengxin.financial_statement (institution_id, as_of, seq);

CREATE INDEX local_limit_of_member ON zengxin.local_limit (member_id, from_day);

CREATE INDEX supervisor_confirmation_of_member ON zengxin.supervisor_confirmation (member_id, from_day);

CREATE INDEX bank_branch_of_bank ON zengxin.bank_branch (bank_id, code);

ALTER TABLE zengxin.financial_statement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY financial_statement_read ON zengxin.financial_statement FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY financial_statement_insert ON zengxin.financial_statement FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.local_limit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY local_limit_read ON zengxin.local_limit FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR member_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY local_limit_insert ON zengxin.local_limit FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY local_limit_update ON zengxin.local_limit FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.supervisor_confirmation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY supervisor_confirmation_read ON zengxin.supervisor_confirmation FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR member_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY supervisor_confirmation_insert ON zengxin.supervisor_confirmation FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY supervisor_confirmation_update ON zengxin.supervisor_confirmation FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.equity_investment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY equity_investment_read ON zengxin.equity_investment FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY equity_investment_insert ON zengxin.equity_investment FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY equity_investment_update ON zengxin.equity_investment FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.bank ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY bank_read ON zengxin.bank FOR SELECT
  USING (nullif(current_setting('app.institution_id', true), '') IS NOT NULL);

CREATE POLICY bank_insert ON zengxin.bank FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY bank_update ON zengxin.bank FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.bank_branch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY bank_branch_read ON zengxin.bank_branch FOR SELECT
  USING (nullif(current_setting('app.institution_id', true), '') IS NOT NULL);

CREATE POLICY bank_branch_insert ON zengxin.bank_branch FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY bank_branch_update ON zengxin.bank_branch FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.product ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY product_read ON zengxin.product FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR (open AND nullif(current_setting('app.institution_id', true), '') IS NOT NULL));

CREATE POLICY product_insert ON zengxin.product FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY product_update ON zengxin.product FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.deadline ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY deadline_read ON zengxin.deadline FOR SELECT
  USING (nullif(current_setting('app.institution_id', true), '') IS NOT NULL);

CREATE POLICY deadline_insert ON zengxin.deadline FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY deadline_update ON zengxin.deadline FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.financial_statement TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (until_day, version) ON zengxin.local_limit, zengxin.supervisor_confirmation, zengxin.equity_investment,
  zengxin.bank, zengxin.bank_branch, zengxin.product, zengxin.deadline TO zengxin_app;
