-- The people and machines of an institution, how each proves who it is, and the sessions that proof opened.

CREATE TABLE zengxin.user_account (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  display_name text NOT NULL,
  role text NOT NULL,
  status text NOT NULL,
  offboarding_id uuid,
  offboarded_on date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT user_account_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT user_account_name_key UNIQUE (institution_id, name),
  CONSTRAINT user_account_name_form CHECK (name ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  CONSTRAINT user_account_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 100),
  CONSTRAINT user_account_role_known CHECK (role IN
    ('officer', 'approver', 'treasurer', 'auditor', 'admin', 'reviewer', 'bureau_approver', 'client')),
  CONSTRAINT user_account_status_known CHECK (status IN ('active', 'offboarded')),
  CONSTRAINT user_account_offboarding_whole CHECK
    ((status = 'offboarded') = (offboarding_id IS NOT NULL) AND (offboarding_id IS NULL) = (offboarded_on IS NULL)),
  CONSTRAINT user_account_version_positive CHECK (version > 0)
);

-- A user without a row here has not yet chosen a password.
CREATE TABLE zengxin.credential (
  institution_id uuid NOT NULL,
  user_id uuid NOT NULL,
  password_hash text NOT NULL,
  failures integer NOT NULL,
  locked_until timestamptz,
  changed_at timestamptz NOT NULL,
  CONSTRAINT credential_pk PRIMARY KEY (institution_id, user_id),
  CONSTRAINT credential_failures_not_negative CHECK (failures >= 0)
);

-- By which a user chooses a password once; only the hash of its secret is kept.
CREATE TABLE zengxin.one_time_link (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT one_time_link_pk PRIMARY KEY (institution_id, id)
);

CREATE TABLE zengxin.machine_client (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  grants text NOT NULL,
  secret_hash bytea NOT NULL,
  revocation_id uuid,
  revoked_on date,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT machine_client_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT machine_client_name_key UNIQUE (institution_id, name),
  CONSTRAINT machine_client_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
  CONSTRAINT machine_client_revocation_whole CHECK ((revocation_id IS NULL) = (revoked_on IS NULL)),
  CONSTRAINT machine_client_version_positive CHECK (version > 0)
);

-- A login of a person or a machine; ending it ends every token made under it.
CREATE TABLE zengxin.session (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid,
  client_id uuid,
  started_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_because text,
  CONSTRAINT session_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT session_of_one CHECK ((user_id IS NULL) <> (client_id IS NULL)),
  CONSTRAINT session_end_whole CHECK ((ended_at IS NULL) = (ended_because IS NULL)),
  CONSTRAINT session_end_known CHECK (ended_because IN
    ('logged_out', 'reused', 'password_changed', 'account_changed', 'offboarded', 'revoked'))
);

-- Each serves once; one that comes a second time was stolen, from us or from its holder, and ends the session.
CREATE TABLE zengxin.refresh_token (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  issued_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT refresh_token_pk PRIMARY KEY (institution_id, id)
);

ALTER TABLE zengxin.user_account
  ADD CONSTRAINT user_account_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.credential
  ADD CONSTRAINT credential_user_fk FOREIGN KEY (institution_id, user_id)
  REFERENCES zengxin.user_account (institution_id, id);

ALTER TABLE zengxin.one_time_link
  ADD CONSTRAINT one_time_link_user_fk FOREIGN KEY (institution_id, user_id)
  REFERENCES zengxin.user_account (institution_id, id);

ALTER TABLE zengxin.machine_client
  ADD CONSTRAINT machine_client_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.session
  ADD CONSTRAINT session_user_fk FOREIGN KEY (institution_id, user_id)
  REFERENCES zengxin.user_account (institution_id, id),
  ADD CONSTRAINT session_client_fk FOREIGN KEY (institution_id, client_id)
  REFERENCES zengxin.machine_client (institution_id, id);

ALTER TABLE zengxin.refresh_token
  ADD CONSTRAINT refresh_token_session_fk FOREIGN KEY (institution_id, session_id)
  REFERENCES zengxin.session (institution_id, id);

CREATE INDEX session_of_user ON zengxin.session (institution_id, user_id) WHERE ended_at IS NULL;

CREATE INDEX session_of_client ON zengxin.session (institution_id, client_id) WHERE ended_at IS NULL;

CREATE INDEX one_time_link_of_user ON zengxin.one_time_link (institution_id, user_id) WHERE used_at IS NULL;

ALTER TABLE zengxin.user_account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY user_account_read ON zengxin.user_account FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY user_account_insert ON zengxin.user_account FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY user_account_update ON zengxin.user_account FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.credential ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY credential_read ON zengxin.credential FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY credential_insert ON zengxin.credential FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY credential_update ON zengxin.credential FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.one_time_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_time_link_read ON zengxin.one_time_link FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY one_time_link_insert ON zengxin.one_time_link FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY one_time_link_update ON zengxin.one_time_link FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.machine_client ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY machine_client_read ON zengxin.machine_client FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY machine_client_insert ON zengxin.machine_client FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY machine_client_update ON zengxin.machine_client FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY session_read ON zengxin.session FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY session_insert ON zengxin.session FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY session_update ON zengxin.session FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.refresh_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY refresh_token_read ON zengxin.refresh_token FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY refresh_token_insert ON zengxin.refresh_token FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY refresh_token_update ON zengxin.refresh_token FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (display_name, role, status, offboarding_id, offboarded_on, version)
  ON zengxin.user_account TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (password_hash, failures, locked_until, changed_at) ON zengxin.credential TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (used_at) ON zengxin.one_time_link, zengxin.refresh_token TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (revocation_id, revoked_on, version) ON zengxin.machine_client TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (ended_at, ended_because) ON zengxin.session TO zengxin_app;

-- Enters an institution for somebody logged in, and says in the same message whether the institution may act and the login still holds.
CREATE FUNCTION zengxin.enter_as(institution uuid, login uuid, at timestamptz, OUT status text, OUT login_holds boolean)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zengxin.enter(institution);
  SELECT i.status INTO status FROM zengxin.institution i WHERE i.id = institution;
  login_holds := login IS NULL OR EXISTS (SELECT FROM zengxin.session s
    WHERE s.institution_id = institution AND s.id = login AND s.ended_at IS NULL AND s.expires_at > at);
END
$$;

GRANT EXECUTE ON FUNCTION zengxin.enter_as(uuid, uuid, timestamptz) TO zengxin_app;

-- Writes the audit row and moves the head past it, in one message while the head is locked.
CREATE FUNCTION zengxin.append_audit(institution uuid, new_seq bigint, at timestamptz, actor_kind text, actor_id uuid,
  action text, outcome text, object_kind text, object_id uuid, detail text, new_hash bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO zengxin.audit_entry
  VALUES (institution, new_seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, new_hash);
  UPDATE zengxin.journal_head h SET seq = new_seq, hash = new_hash WHERE h.institution_id = institution;
END
$$;

GRANT EXECUTE ON FUNCTION
  zengxin.append_audit(uuid, bigint, timestamptz, text, uuid, text, text, text, uuid, text, bytea) TO zengxin_app;
