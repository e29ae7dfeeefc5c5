-- The house: who may come in, and how a transaction says whose it is.
-- Statements are separated by an empty line and sent one message each; see CITUS rules in the design.

GRANT USAGE ON SCHEMA zengxin TO zengxin_app;

-- A function is callable by nobody until a step grants it; tables start without grants anyway.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The service compares the steps taken with those it knows before it calls itself ready.
GRANT SELECT ON zengxin.migration TO zengxin_app;

-- Says whose transaction this is; called first in it. SET LOCAL ends with the transaction, so a pooled connection carries nothing over.
-- EXECUTE rather than set_config: Citus hands on SET commands to its shards, not function calls.
CREATE FUNCTION zengxin.enter(institution uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF institution IS NULL THEN
    RAISE EXCEPTION 'a transaction belongs to an institution' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  EXECUTE format('SET LOCAL app.institution_id = %L', institution);
END
$$;

GRANT EXECUTE ON FUNCTION zengxin.enter(uuid) TO zengxin_app;
