-- Earlier books that people bring through the interface: the file, how it is to be read, and the work that a server does with it.

-- A file as it was uploaded. What it says rests in its parts, sealed, because there are identifiers of persons in it.
CREATE TABLE zengxin.import_file (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  bytes bigint NOT NULL,
  hash bytea NOT NULL,
  encoding text NOT NULL,
  delimiter text NOT NULL,
  columns integer NOT NULL,
  rows bigint NOT NULL,
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  forgotten_at timestamptz,
  creation_hash bytea NOT NULL,
  CONSTRAINT import_file_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT import_file_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT import_file_encoding_known CHECK (encoding IN ('utf-8', 'gb18030')),
  CONSTRAINT import_file_delimiter_length CHECK (char_length(delimiter) = 1),
  CONSTRAINT import_file_has_rows CHECK (bytes > 0 AND columns > 1 AND rows > 0)
);

ALTER TABLE zengxin.import_file
  ADD CONSTRAINT import_file_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

CREATE INDEX import_file_kept ON zengxin.import_file (institution_id, uploaded_at) WHERE forgotten_at IS NULL;

ALTER TABLE zengxin.import_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_file_read ON zengxin.import_file FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_file_insert ON zengxin.import_file FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_file_update ON zengxin.import_file FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (forgotten_at) ON zengxin.import_file TO zengxin_app;

-- The bytes of a file, cut between its rows: the first part has the heading too. Emptied when the file is forgotten.
CREATE TABLE zengxin.import_part (
  institution_id uuid NOT NULL,
  file_id uuid NOT NULL,
  place integer NOT NULL,
  first_row bigint NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT import_part_pk PRIMARY KEY (institution_id, file_id, place),
  CONSTRAINT import_part_in_order CHECK (place >= 0 AND first_row > 0)
);

ALTER TABLE zengxin.import_part
  ADD CONSTRAINT import_part_file_fk FOREIGN KEY (institution_id, file_id) REFERENCES zengxin.import_file (institution_id, id);

CREATE INDEX import_part_by_row ON zengxin.import_part (institution_id, file_id, first_row);

ALTER TABLE zengxin.import_part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_part_read ON zengxin.import_part FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_part_insert ON zengxin.import_part FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_part_update ON zengxin.import_part FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (sealed) ON zengxin.import_part TO zengxin_app;

-- How the institution's files are read, by name; every state it was in stays.
CREATE TABLE zengxin.import_mapping (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  content text NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT import_mapping_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT import_mapping_named_once UNIQUE (institution_id, name),
  CONSTRAINT import_mapping_name_length CHECK (char_length(name) BETWEEN 1 AND 200)
);

ALTER TABLE zengxin.import_mapping
  ADD CONSTRAINT import_mapping_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.import_mapping ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_mapping_read ON zengxin.import_mapping FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_mapping_insert ON zengxin.import_mapping FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_mapping_update ON zengxin.import_mapping FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (name, content, version) ON zengxin.import_mapping TO zengxin_app;

CREATE TABLE zengxin.import_mapping_version (
  institution_id uuid NOT NULL,
  mapping_id uuid NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  content text NOT NULL,
  stated_by uuid NOT NULL,
  stated_at timestamptz NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT import_mapping_version_pk PRIMARY KEY (institution_id, mapping_id, version)
);

ALTER TABLE zengxin.import_mapping_version
  ADD CONSTRAINT import_mapping_version_of_fk FOREIGN KEY (institution_id, mapping_id)
  REFERENCES zengxin.import_mapping (institution_id, id);

ALTER TABLE zengxin.import_mapping_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_mapping_version_read ON zengxin.import_mapping_version FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_mapping_version_insert ON zengxin.import_mapping_version FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.import_mapping_version TO zengxin_app;

-- What a server is to do with a file: try it, or take it over. One server at a time holds it, and says so again and again.
CREATE TABLE zengxin.import_job (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  file_id uuid NOT NULL,
  mapping_id uuid,
  mapping_version bigint,
  mapping text NOT NULL,
  check_id uuid,
  state text NOT NULL,
  version bigint NOT NULL,
  attempts integer NOT NULL,
  holder uuid,
  held_until timestamptz,
  cancel_id uuid,
  rows bigint NOT NULL,
  done bigint NOT NULL,
  imported bigint NOT NULL,
  unchanged bigint NOT NULL,
  bad bigint NOT NULL,
  findings text NOT NULL,
  faults text NOT NULL,
  problem text,
  run_id uuid,
  started_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  began_at timestamptz,
  ended_at timestamptz,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT import_job_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT import_job_state_known CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  CONSTRAINT import_job_held_whole CHECK ((state = 'running') = (holder IS NOT NULL) AND (holder IS NULL) = (held_until IS NULL)),
  CONSTRAINT import_job_ended_whole CHECK ((state IN ('queued', 'running')) = (ended_at IS NULL)),
  CONSTRAINT import_job_failed_whole CHECK ((state = 'failed') = (problem IS NOT NULL)),
  CONSTRAINT import_job_mapping_whole CHECK ((mapping_id IS NULL) = (mapping_version IS NULL)),
  CONSTRAINT import_job_counts CHECK (least(rows, done, imported, unchanged, bad, attempts) >= 0)
);

ALTER TABLE zengxin.import_job
  ADD CONSTRAINT import_job_file_fk FOREIGN KEY (institution_id, file_id) REFERENCES zengxin.import_file (institution_id, id),
  ADD CONSTRAINT import_job_mapping_fk FOREIGN KEY (institution_id, mapping_id) REFERENCES zengxin.import_mapping (institution_id, id),
  ADD CONSTRAINT import_job_check_fk FOREIGN KEY (institution_id, check_id) REFERENCES zengxin.import_job (institution_id, id),
  ADD CONSTRAINT import_job_run_fk FOREIGN KEY (institution_id, run_id) REFERENCES zengxin.import_run (institution_id, id);

-- Two at once would not know of each other what each contract is judged with.
CREATE UNIQUE INDEX import_job_one_at_a_time ON zengxin.import_job (institution_id) WHERE state = 'running';

CREATE INDEX import_job_waiting ON zengxin.import_job (institution_id, seq) WHERE state IN ('queued', 'running');

CREATE UNIQUE INDEX import_job_in_order ON zengxin.import_job (institution_id, seq);

CREATE INDEX import_job_of_file ON zengxin.import_job (institution_id, file_id);

ALTER TABLE zengxin.import_job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_job_read ON zengxin.import_job FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_job_insert ON zengxin.import_job FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_job_update ON zengxin.import_job FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (state, version, attempts, holder, held_until, cancel_id, done, imported, unchanged, bad, findings, faults,
  problem, run_id, began_at, ended_at) ON zengxin.import_job TO zengxin_app;

-- What is wrong with the rows that cannot be taken over. What stands there is sealed, and emptied with the file.
CREATE TABLE zengxin.import_fault (
  institution_id uuid NOT NULL,
  job_id uuid NOT NULL,
  row_number bigint NOT NULL,
  place integer NOT NULL,
  column_name text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  message_en text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT import_fault_pk PRIMARY KEY (institution_id, job_id, row_number, place),
  CONSTRAINT import_fault_in_order CHECK (row_number > 0 AND place BETWEEN 0 AND 999)
);

ALTER TABLE zengxin.import_fault
  ADD CONSTRAINT import_fault_job_fk FOREIGN KEY (institution_id, job_id) REFERENCES zengxin.import_job (institution_id, id);

ALTER TABLE zengxin.import_fault ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY import_fault_read ON zengxin.import_fault FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_fault_insert ON zengxin.import_fault FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY import_fault_update ON zengxin.import_fault FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (sealed) ON zengxin.import_fault TO zengxin_app;
