-- The guaranteed parties of an institution: who they are, by which identifiers, how large, with which flags, in which group.
-- Dated facts are added and ended, never removed; `ended_seq` says with which fact of the journal the end became known.

-- `name_key` is the name as it is searched: half width, lower case, without spaces; in code point order, so that a prefix is a range.
CREATE TABLE zengxin.party (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  region_code text NOT NULL,
  industry_code text,
  status text NOT NULL,
  merged_into uuid,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT party_name_key_not_empty CHECK (name_key <> ''),
  CONSTRAINT party_kind_known CHECK (kind IN
    ('enterprise', 'individual_business', 'natural_person', 'cooperative', 'other_organisation')),
  CONSTRAINT party_region_form CHECK (region_code ~ '^[0-9]{6}$'),
  CONSTRAINT party_industry_form CHECK (industry_code ~ '^([A-T]|[0-9]{2,4})$'),
  CONSTRAINT party_industry_of_organisations CHECK (industry_code IS NOT NULL OR kind = 'natural_person'),
  CONSTRAINT party_status_known CHECK (status IN ('active', 'merged')),
  CONSTRAINT party_merged_whole CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
  CONSTRAINT party_not_merged_into_itself CHECK (merged_into <> id),
  CONSTRAINT party_version_positive CHECK (version > 0)
);

-- Two characters that stand side by side in a name the party has or had; what is found by them is held against the present name.
CREATE TABLE zengxin.party_gram (
  institution_id uuid NOT NULL,
  gram text COLLATE "C" NOT NULL,
  party_id uuid NOT NULL,
  CONSTRAINT party_gram_pk PRIMARY KEY (institution_id, gram, party_id),
  CONSTRAINT party_gram_of_two CHECK (char_length(gram) = 2)
);

-- Of a person only ciphertext, a keyed hash and the last four characters; an organisation's code is public. `blind_key` says which
-- key the hash was made with. The hash of the request is made over the keyed hash, because few digits can be guessed.
CREATE TABLE zengxin.party_identifier (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  scheme text NOT NULL,
  clear_value text,
  sealed_value bytea,
  blind_key text NOT NULL,
  blind_index bytea NOT NULL,
  last_four text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  seq bigint NOT NULL,
  ended_seq bigint,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_identifier_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_identifier_scheme_known CHECK (scheme IN ('uscc', 'resident_id', 'lei', 'other')),
  CONSTRAINT party_identifier_personal_sealed CHECK
    ((clear_value IS NULL) = (scheme IN ('resident_id', 'other')) AND (clear_value IS NULL) = (sealed_value IS NOT NULL)),
  CONSTRAINT party_identifier_blind_length CHECK (octet_length(blind_index) = 32),
  CONSTRAINT party_identifier_last_four CHECK (char_length(last_four) = 4),
  CONSTRAINT party_identifier_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT party_identifier_version_positive CHECK (version > 0),
  CONSTRAINT party_identifier_of_one EXCLUDE USING gist
    (institution_id WITH =, scheme WITH =, blind_index WITH =, daterange(from_day, until_day, '[)') WITH &&),
  CONSTRAINT party_identifier_one_at_a_time EXCLUDE USING gist
    (institution_id WITH =, party_id WITH =, scheme WITH =, daterange(from_day, until_day, '[)') WITH &&)
    WHERE (scheme <> 'other')
);

-- Who was shown a person's identifier in full, and why.
CREATE TABLE zengxin.party_disclosure (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  identifier_id uuid NOT NULL,
  user_id uuid NOT NULL,
  reason text NOT NULL,
  disclosed_at timestamptz NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_disclosure_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_disclosure_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500)
);

-- What an enterprise files for its size class, and the class with its grounds as judged that day; a later row supersedes.
CREATE TABLE zengxin.party_size_input (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  financial_year integer NOT NULL,
  industry_code text NOT NULL,
  size_industry text NOT NULL,
  employees bigint,
  revenue_fen bigint,
  total_assets_fen bigint,
  size_class text NOT NULL,
  grounds jsonb NOT NULL,
  filed_on date NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_size_input_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_size_input_year CHECK (financial_year BETWEEN 2000 AND 2999),
  CONSTRAINT party_size_input_not_negative CHECK (employees >= 0 AND revenue_fen >= 0 AND total_assets_fen >= 0),
  CONSTRAINT party_size_input_class_known CHECK (size_class IN ('micro', 'small', 'medium', 'large'))
);

-- What is said of a party besides, by whom, from which day until before which.
CREATE TABLE zengxin.party_flag (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  kind text NOT NULL,
  source text NOT NULL,
  from_day date NOT NULL,
  until_day date,
  seq bigint NOT NULL,
  ended_seq bigint,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_flag_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_flag_kind_known CHECK (kind IN
    ('government_platform', 'state_capital_platform', 'real_estate', 'financial_services', 'investment_management',
     'blacklist', 'controlling_shareholder', 'related_party', 'first_loan_declared', 'strategic_emerging',
     'new_agri_entity', 'farmer', 'small_business_owner')),
  CONSTRAINT party_flag_source_length CHECK (char_length(source) BETWEEN 1 AND 500),
  CONSTRAINT party_flag_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT party_flag_version_positive CHECK (version > 0),
  CONSTRAINT party_flag_stated_once EXCLUDE USING gist
    (institution_id WITH =, party_id WITH =, kind WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- Clients that are related to one another count as one for their joint limit (683号 art. 16).
CREATE TABLE zengxin.party_group (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_group_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_group_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT party_group_version_positive CHECK (version > 0)
);

CREATE TABLE zengxin.party_group_member (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  group_id uuid NOT NULL,
  party_id uuid NOT NULL,
  from_day date NOT NULL,
  until_day date,
  seq bigint NOT NULL,
  ended_seq bigint,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_group_member_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_group_member_term_not_empty CHECK (until_day IS NULL OR from_day < until_day),
  CONSTRAINT party_group_member_version_positive CHECK (version > 0),
  CONSTRAINT party_group_member_of_one_group EXCLUDE USING gist
    (institution_id WITH =, party_id WITH =, daterange(from_day, until_day, '[)') WITH &&)
);

-- How many people a party employed on a day, from its application on.
CREATE TABLE zengxin.party_jobs (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  party_id uuid NOT NULL,
  on_day date NOT NULL,
  jobs bigint NOT NULL,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT party_jobs_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT party_jobs_not_negative CHECK (jobs >= 0)
);

ALTER TABLE zengxin.party
  ADD CONSTRAINT party_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id),
  ADD CONSTRAINT party_merged_into_fk FOREIGN KEY (institution_id, merged_into) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_gram
  ADD CONSTRAINT party_gram_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_identifier
  ADD CONSTRAINT party_identifier_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_disclosure
  ADD CONSTRAINT party_disclosure_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id),
  ADD CONSTRAINT party_disclosure_identifier_fk FOREIGN KEY (institution_id, identifier_id)
    REFERENCES zengxin.party_identifier (institution_id, id),
  ADD CONSTRAINT party_disclosure_user_fk FOREIGN KEY (institution_id, user_id)
    REFERENCES zengxin.user_account (institution_id, id);

ALTER TABLE zengxin.party_size_input
  ADD CONSTRAINT party_size_input_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_flag
  ADD CONSTRAINT party_flag_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_group
  ADD CONSTRAINT party_group_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.party_group_member
  ADD CONSTRAINT party_group_member_group_fk FOREIGN KEY (institution_id, group_id)
    REFERENCES zengxin.party_group (institution_id, id),
  ADD CONSTRAINT party_group_member_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

ALTER TABLE zengxin.party_jobs
  ADD CONSTRAINT party_jobs_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party (institution_id, id);

CREATE INDEX party_name ON zengxin.party (institution_id, name_key, id) WHERE merged_into IS NULL;

CREATE INDEX party_identifier_blind ON zengxin.party_identifier (institution_id, blind_index);

CREATE INDEX party_identifier_key ON zengxin.party_identifier (institution_id, blind_key);

CREATE INDEX party_identifier_of_party ON zengxin.party_identifier (institution_id, party_id, from_day);

CREATE INDEX party_size_input_of_party ON zengxin.party_size_input (institution_id, party_id, financial_year, seq);

CREATE INDEX party_flag_of_party ON zengxin.party_flag (institution_id, party_id, kind, from_day);

CREATE INDEX party_group_member_of_group ON zengxin.party_group_member (institution_id, group_id, id);

CREATE INDEX party_group_member_of_party ON zengxin.party_group_member (institution_id, party_id, from_day);

CREATE INDEX party_jobs_of_party ON zengxin.party_jobs (institution_id, party_id, on_day, seq);

ALTER TABLE zengxin.party ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_read ON zengxin.party FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_insert ON zengxin.party FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_update ON zengxin.party FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_gram ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_gram_read ON zengxin.party_gram FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_gram_insert ON zengxin.party_gram FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_identifier ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_identifier_read ON zengxin.party_identifier FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_identifier_insert ON zengxin.party_identifier FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_identifier_update ON zengxin.party_identifier FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_disclosure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_disclosure_read ON zengxin.party_disclosure FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_disclosure_insert ON zengxin.party_disclosure FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_size_input ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_size_input_read ON zengxin.party_size_input FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_size_input_insert ON zengxin.party_size_input FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_flag ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_flag_read ON zengxin.party_flag FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_flag_insert ON zengxin.party_flag FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_flag_update ON zengxin.party_flag FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_group_read ON zengxin.party_group FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_group_insert ON zengxin.party_group FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_group_update ON zengxin.party_group FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_group_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_group_member_read ON zengxin.party_group_member FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_group_member_insert ON zengxin.party_group_member FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_group_member_update ON zengxin.party_group_member FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.party_jobs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY party_jobs_read ON zengxin.party_jobs FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY party_jobs_insert ON zengxin.party_jobs FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.party_gram, zengxin.party_disclosure, zengxin.party_size_input, zengxin.party_jobs TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (name, name_key, region_code, industry_code, status, merged_into, version) ON zengxin.party TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (name, version) ON zengxin.party_group TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (until_day, ended_seq, version)
  ON zengxin.party_identifier, zengxin.party_flag, zengxin.party_group_member TO zengxin_app;
