-- What the bridge needs in a database whose tables it serves. Run it as a superuser, as often as you like; nothing that is
-- there already is replaced but this project's own functions:
--
--     psql -1 -v ON_ERROR_STOP=1 -d DATABASE -f amanat.sql
--     psql -d DATABASE -c '\password amanat'
--
-- Then amanat-events.sql, then your own tables (board.sql is an example), then './amanat pg setup'.

-- The roles that policies name, as PostgREST and Supabase have them. authenticated: somebody with a token. anon: nobody in
-- particular. service_role: programs of your own that no policy holds back; the bridge refuses it from browsers.
do $$
begin
  if to_regrole('anon') is null then
    create role anon nologin noinherit;
  end if;
  if to_regrole('authenticated') is null then
    create role authenticated nologin noinherit;
  end if;
  if to_regrole('service_role') is null then
    create role service_role nologin noinherit bypassrls;
  end if;
end
$$;

-- The bridge itself: reads the log (replication), and becomes one of the two roles for the time of one transaction. It owns
-- nothing, inherits nothing, and no policy is skipped for it.
do $$
begin
  if to_regrole('amanat') is null then
    create role amanat login replication noinherit;
  end if;
end
$$;
grant authenticated, anon to amanat;

-- Who asks. The bridge, PostgREST and Supabase put a token's claims into the setting request.jwt.claims for one transaction.
create schema if not exists auth;
grant usage on schema auth to authenticated, anon, service_role, amanat;

do $missing$
begin
  if to_regprocedure('auth.jwt()') is null then
    execute $create$
      create function auth.jwt() returns jsonb language sql stable as
      $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$
    $create$;
  end if;
  if to_regprocedure('auth.uid()') is null then
    execute $create$
      create function auth.uid() returns uuid language sql stable as $$
        select coalesce(
          nullif(current_setting('request.jwt.claim.sub', true), ''),
          nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
      $$
    $create$;
  end if;
  if to_regprocedure('auth.role()') is null then
    execute $create$
      create function auth.role() returns text language sql stable as $$
        select coalesce(
          nullif(current_setting('request.jwt.claim.role', true), ''),
          nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
      $$
    $create$;
  end if;
end
$missing$;

-- What is the bridge's own.
create schema if not exists amanat;
revoke all on schema amanat from public;
grant usage on schema amanat to amanat;

-- One row for each write that was done, in the same transaction as the write: a device that never heard the answer sends
-- its write again, and nothing is done twice. It is published too: its row in the log tells the device that its own write has
-- passed. keys: the rows it was about, as [{"table": …, "id": …}]. The bridge deletes rows after 30 days.
create table if not exists amanat.operation (
  subject text not null check (length(subject) <= 255),
  op_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  keys jsonb not null,
  primary key (subject, op_id)
);
create index if not exists operation_at on amanat.operation (at);
alter table amanat.operation replica identity full;
alter table amanat.operation enable row level security;
drop policy if exists operation_of_the_bridge on amanat.operation;
create policy operation_of_the_bridge on amanat.operation to amanat using (true) with check (true);
revoke all on amanat.operation from public, authenticated, anon;
grant select, insert, delete on amanat.operation to amanat;

-- The trigger for updated_at and updated_by, whatever the writer sent:
--
--     create trigger touched before insert or update on TABLE for each row execute function amanat.touched();
--
-- The time of a row only ever grows, even when the server's clock is set back: now() would be the start of the transaction,
-- which is not the order of the commits.
create or replace function amanat.touched() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := clock_timestamp();
  if tg_op = 'UPDATE' then
    new.updated_at := greatest(new.updated_at, old.updated_at + interval '1 microsecond');
  end if;
  new.updated_by := auth.uid();
  return new;
end
$$;
