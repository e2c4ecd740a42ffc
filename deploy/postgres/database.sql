-- One service's database and its two roles. Run by psql as a superuser, connected to any database; safe to run again.
-- From the environment: DATABASE_NAME, OWNER_ROLE, OWNER_PASSWORD, APP_ROLE, APP_PASSWORD.
-- The owner role runs the migrations and owns the tables. The app role is what the service runs as: it owns nothing,
-- so row-level security (FORCE) holds for it, and it cannot change the schema.
\set ON_ERROR_STOP on
\set QUIET on
\getenv database DATABASE_NAME
\getenv owner OWNER_ROLE
\getenv owner_password OWNER_PASSWORD
\getenv app APP_ROLE
\getenv app_password APP_PASSWORD
SET client_min_messages = warning;
SET password_encryption = 'scram-sha-256';

-- Two runners at once would trip over each other's CREATE ROLE.
SELECT pg_advisory_lock(hashtextextended('sundial.databases', 0)) \g /dev/null

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY[:'owner', :'app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';

SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"owner", :"app";
ALTER DATABASE :"database" SET timezone = 'UTC';

\connect :"database"
SET client_min_messages = warning;

CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO :"app";
