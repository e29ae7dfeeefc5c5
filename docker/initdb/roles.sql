-- The database and its two roles, for a PostgreSQL (15 or newer) that somebody else runs. Run it once, with psql, as a superuser:
--
--   ZENGXIN_OWNER_PASSWORD=… ZENGXIN_APP_PASSWORD=… psql -v ON_ERROR_STOP=1 -f docker/initdb/roles.sql postgres://postgres@HOST/postgres
--
-- docker-compose.yml has the postgres image run it on its first start. The private cluster makes the same roles.

\getenv owner_password ZENGXIN_OWNER_PASSWORD
\getenv app_password ZENGXIN_APP_PASSWORD

-- Owns the schema and runs migrations: DATABASE_OWNER_URL.
CREATE ROLE zengxin_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'owner_password';

-- Serves: may do what a migration granted, and row security binds it: DATABASE_URL.
CREATE ROLE zengxin_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'app_password';

CREATE DATABASE zengxin OWNER zengxin_owner;
REVOKE ALL ON DATABASE zengxin FROM PUBLIC;
GRANT CONNECT ON DATABASE zengxin TO zengxin_app;
