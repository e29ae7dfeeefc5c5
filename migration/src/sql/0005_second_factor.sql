-- The second factor of a person: a shared secret for one-time codes, sealed, and codes for the day it is lost.

CREATE TABLE zengxin.second_factor (
  institution_id uuid NOT NULL,
  user_id uuid NOT NULL,
  sealed_secret bytea NOT NULL,
  confirmed_at timestamptz,
  last_step bigint NOT NULL,
  CONSTRAINT second_factor_pk PRIMARY KEY (institution_id, user_id)
);

CREATE TABLE zengxin.recovery_code (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  CONSTRAINT recovery_code_pk PRIMARY KEY (institution_id, id)
);

ALTER TABLE zengxin.second_factor
  ADD CONSTRAINT second_factor_user_fk FOREIGN KEY (institution_id, user_id)
  REFERENCES zengxin.user_account (institution_id, id);

ALTER TABLE zengxin.recovery_code
  ADD CONSTRAINT recovery_code_user_fk FOREIGN KEY (institution_id, user_id)
  REFERENCES zengxin.user_account (institution_id, id);

CREATE INDEX recovery_code_of_user ON zengxin.recovery_code (institution_id, user_id) WHERE used_at IS NULL;

ALTER TABLE zengxin.second_factor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY second_factor_read ON zengxin.second_factor FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY second_factor_insert ON zengxin.second_factor FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY second_factor_update ON zengxin.second_factor FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.recovery_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY recovery_code_read ON zengxin.recovery_code FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY recovery_code_insert ON zengxin.recovery_code FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY recovery_code_update ON zengxin.recovery_code FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE (sealed_secret, confirmed_at, last_step) ON zengxin.second_factor TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (used_at) ON zengxin.recovery_code TO zengxin_app;
