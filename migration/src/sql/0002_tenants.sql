-- The tenants: institutions, the dated tree they form, and each one's journal with its audit chain.

-- A term of days beside an id in one exclusion constraint; a trusted extension, so the owner of the database may make it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA zengxin;

-- A reference table: everybody reads it, even before a login, so nothing secret is in it. The row belongs to who onboarded it.
CREATE TABLE zengxin.institution (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  region_code text NOT NULL,
  status text NOT NULL,
  status_since date NOT NULL,
  joined_on date NOT NULL,
  onboarded_by uuid NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT institution_pk PRIMARY KEY (id),
  CONSTRAINT institution_code_key UNIQUE (code),
  CONSTRAINT institution_code_form CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  CONSTRAINT institution_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT institution_kind_known CHECK (kind IN
    ('national_fund', 'provincial_reguarantor', 'guarantee_institution', 'finance_bureau', 'supervisor')),
  CONSTRAINT institution_region_form CHECK (region_code ~ '^[0-9]{6}$'),
  CONSTRAINT institution_status_known CHECK (status IN ('active', 'suspended', 'withdrawn')),
  CONSTRAINT institution_version_positive CHECK (version > 0)
);

-- What was decided about an institution by the one that onboarded it.
CREATE TABLE zengxin.institution_event (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  kind text NOT NULL,
  effective_on date NOT NULL,
  reason text NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT institution_event_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT institution_event_kind_known CHECK (kind IN ('suspended', 'reinstated', 'withdrawn')),
  CONSTRAINT institution_event_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500)
);

-- The tree, a reference table: the upper layer states from which day until before which day it has the member below it.
-- Who re-guarantees whom is everybody's to read: an institution shares its risk with whoever stands two layers above, too.
CREATE TABLE zengxin.membership (
  id uuid NOT NULL,
  institution_id uuid NOT NULL,
  member_id uuid NOT NULL,
  relation text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT membership_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT membership_relation_known CHECK (relation IN ('reguarantees', 'reviews', 'supervises')),
  CONSTRAINT membership_of_another CHECK (institution_id <> member_id),
  CONSTRAINT membership_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT membership_version_positive CHECK (version > 0),
  CONSTRAINT membership_stated_once EXCLUDE USING gist
    (institution_id WITH =, member_id WITH =, relation WITH =, daterange(from_day, until_day, '[)') WITH &&),
  CONSTRAINT membership_one_reguarantor EXCLUDE USING gist
    (member_id WITH =, daterange(from_day, until_day, '[)') WITH &&) WHERE (relation = 'reguarantees')
);

-- One row per institution, locked last in every writing transaction: it numbers the facts and ends the audit chain.
CREATE TABLE zengxin.journal_head (
  institution_id uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT journal_head_pk PRIMARY KEY (institution_id),
  CONSTRAINT journal_head_seq_not_negative CHECK (seq >= 0),
  CONSTRAINT journal_head_hash_length CHECK (octet_length(hash) = 32)
);

-- Who did or was refused what; `hash` covers the row and the hash before it. No personal data: it cannot be forgotten.
CREATE TABLE zengxin.audit_entry (
  institution_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  outcome text NOT NULL,
  object_kind text NOT NULL,
  object_id uuid,
  detail text NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_entry_pk PRIMARY KEY (institution_id, seq),
  CONSTRAINT audit_entry_seq_positive CHECK (seq > 0),
  CONSTRAINT audit_entry_actor_known CHECK (actor_kind IN ('person', 'machine', 'nobody', 'operator')),
  CONSTRAINT audit_entry_outcome_known CHECK (outcome IN ('done', 'refused')),
  CONSTRAINT audit_entry_hash_length CHECK (octet_length(hash) = 32)
);

ALTER TABLE zengxin.institution
  ADD CONSTRAINT institution_onboarded_by_fk FOREIGN KEY (onboarded_by) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.institution_event
  ADD CONSTRAINT institution_event_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT institution_event_subject_fk FOREIGN KEY (subject_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.membership
  ADD CONSTRAINT membership_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT membership_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.journal_head
  ADD CONSTRAINT journal_head_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.audit_entry
  ADD CONSTRAINT audit_entry_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

CREATE INDEX institution_event_subject ON zengxin.institution_event (institution_id, subject_id, seq);

ALTER TABLE zengxin.institution ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY institution_read ON zengxin.institution FOR SELECT USING (true);

CREATE POLICY institution_insert ON zengxin.institution FOR INSERT
  WITH CHECK (onboarded_by = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY institution_update ON zengxin.institution FOR UPDATE
  USING (onboarded_by = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.institution_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY institution_event_read ON zengxin.institution_event FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR subject_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY institution_event_insert ON zengxin.institution_event FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.membership ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY membership_read ON zengxin.membership FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR member_id = nullif(current_setting('app.institution_id', true), '')::uuid
    OR (relation = 'reguarantees' AND nullif(current_setting('app.institution_id', true), '') IS NOT NULL));

CREATE POLICY membership_insert ON zengxin.membership FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY membership_update ON zengxin.membership FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.journal_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY journal_head_read ON zengxin.journal_head FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY journal_head_insert ON zengxin.journal_head FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY journal_head_update ON zengxin.journal_head FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY audit_entry_read ON zengxin.audit_entry FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY audit_entry_insert ON zengxin.audit_entry FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.institution_event, zengxin.audit_entry TO zengxin_app;

GRANT SELECT, INSERT, UPDATE ON zengxin.journal_head TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (name, region_code, status, status_since, version) ON zengxin.institution TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (until_day, version) ON zengxin.membership TO zengxin_app;
