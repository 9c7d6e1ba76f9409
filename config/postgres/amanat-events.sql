-- Says in the log that rights may have changed, so that a new policy or a taken grant holds from the very next change on.
-- Run it as a superuser, after amanat.sql, as often as you like:
--
--     psql -1 -v ON_ERROR_STOP=1 -d DATABASE -f amanat-events.sql
--
-- PostgreSQL announces no change of roles themselves (create role, alter role … bypassrls, grant ROLE to ROLE,
-- reassign owned): restart the bridge after one. Where event triggers are not to be had, do so after every change of a policy, grant or function.

create or replace function amanat.rights_changed() returns event_trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_logical_emit_message(true, 'amanat.rights', '');
end
$$;

drop event trigger if exists amanat_rights;
create event trigger amanat_rights on ddl_command_end
  when tag in (
    'CREATE POLICY', 'ALTER POLICY', 'DROP POLICY',
    'GRANT', 'REVOKE', 'DROP OWNED',
    'CREATE FUNCTION', 'ALTER FUNCTION', 'DROP FUNCTION', 'ALTER ROUTINE', 'DROP ROUTINE',
    'CREATE VIEW', 'ALTER VIEW', 'DROP VIEW', 'CREATE MATERIALIZED VIEW', 'REFRESH MATERIALIZED VIEW',
    'ALTER TABLE', 'DROP TABLE', 'CREATE RULE', 'DROP RULE', 'ALTER TYPE', 'DROP TYPE', 'ALTER DOMAIN',
    'ALTER SCHEMA', 'DROP SCHEMA', 'CREATE PUBLICATION', 'ALTER PUBLICATION', 'DROP PUBLICATION')
  execute function amanat.rights_changed();
