-- Tables that say "rows of my branches" in every way that policies are known to say it.
create schema auth;
grant usage on schema auth to rls_user, rls_bridge;
create function auth.jwt() returns jsonb language sql stable as
$$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create function auth.uid() returns uuid language sql stable as
$$ select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as
$$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;

create table user_branch (user_id uuid, branch_id int, primary key (user_id, branch_id));
alter table user_branch enable row level security;
create policy own on user_branch for select to rls_user using (user_id = (select auth.uid()));
create policy bridge on user_branch for select to rls_bridge using (true);
create table open_branch (branch_id int primary key);
create table blocked (user_id uuid primary key, why text);
create table plan (id uuid primary key default gen_random_uuid(), branch_id int, title text);
create table shift (id uuid primary key, user_id uuid, branch_id int, active boolean);
alter table shift enable row level security;
create policy own on shift for select to rls_user using (user_id = auth.uid() and active);
create policy bridge on shift for select to rls_bridge using (true);
create table team (branch_id int primary key);
alter table team enable row level security;
create policy own on team for select to rls_user using (branch_id in (select s.branch_id from shift s));
create policy bridge on team for select to rls_bridge using (true);
grant select on user_branch, shift, team to rls_user, rls_bridge;
grant select on open_branch, blocked, plan to rls_user, rls_bridge;

create function my_branches() returns setof int language sql stable security definer set search_path = '' as
$$ select branch_id from public.user_branch where user_id = auth.uid() $$;
create function may_see(branch int) returns boolean language plpgsql stable security definer set search_path = '' as
$$ begin return exists (select 1 from public.user_branch where user_id = auth.uid() and branch_id = branch); end $$;

do $$
declare
  spelling record;
begin
  for spelling in select * from (values
    ('by_uid', 'owner_id = auth.uid()'),
    ('by_selected_uid', 'owner_id = (select auth.uid()) or note = ''for all'''),
    ('by_exists', 'exists (select 1 from user_branch ub where ub.user_id = auth.uid() and ub.branch_id = by_exists.branch_id)'),
    ('by_in', 'branch_id in (select mine.branch_id from user_branch mine where mine.user_id = (select auth.uid()))'),
    ('by_any', 'branch_id = any (array(select ub.branch_id from user_branch ub where ub.user_id = auth.uid()))'),
    ('by_definer_set', 'branch_id in (select my_branches())'),
    ('by_definer', 'may_see(branch_id)'),
    ('by_claim', 'branch_id = (auth.jwt() ->> ''branch_id'')::int'),
    ('by_setting', 'branch_id::text = (current_setting(''request.jwt.claims'', true)::json ->> ''branch_id'')'),
    ('by_role_claim', 'auth.role() = ''rls_user'' and owner_id = auth.uid()'),
    ('by_mixed', 'branch_id in (select ub.branch_id from user_branch ub where ub.user_id = auth.uid())'),
    ('by_not', 'not exists (select 1 from blocked b where b.user_id = auth.uid()) and branch_id in (select o.branch_id from open_branch o)'),
    ('by_parent', 'exists (select 1 from plan p join user_branch ub on ub.branch_id = p.branch_id where p.id = by_parent.plan_id and ub.user_id = auth.uid())'),
    ('by_shift', 'exists (select from shift s where s.user_id = auth.uid() and s.branch_id = by_shift.branch_id and s.active)'),
    ('by_own_shift', 'branch_id in (select branch_id from shift)'),
    ('by_own_team', 'branch_id in (select t.branch_id from team t)')
  ) as spellings (name, condition) loop
    execute format('create table %I (id uuid primary key default gen_random_uuid(), branch_id int, owner_id uuid,
      plan_id uuid, note text, secret text, at timestamptz default now())', spelling.name);
    execute format('alter table %I enable row level security', spelling.name);
    execute format('grant select on %I to rls_user', spelling.name);
    execute format('create policy seen on %I for select to rls_user using (%s)', spelling.name, spelling.condition);
  end loop;
end
$$;
create policy owned on by_mixed to public using (owner_id = (select auth.uid()));
create policy shown on by_mixed as restrictive for select to rls_user using (note is distinct from 'hidden');
create policy written on by_mixed for update to rls_user using (true);
do $$
declare
  name text;
begin
  for name in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table %I replica identity full', name);
  end loop;
end
$$;
create publication rls for all tables;
