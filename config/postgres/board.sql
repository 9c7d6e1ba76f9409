-- The tables of the plan board: what an office plans for its people, week by week. Run it after amanat.sql, or after
-- 'amanat pg setup --apply', which runs that, as often as you like:
--
--     psql -1 -v ON_ERROR_STOP=1 -d DATABASE -f board.sql
--
-- It is an example too: any table with a uuid as its key, row-level security and whole old rows in the log (replica identity
-- full) can be served. Everybody sees the branches they are a member of (user_branch), and nothing else.

create table if not exists public.branch (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid
);

-- Who may see a branch: the rule that all policies below look at. It is published as well, so that a new membership takes
-- effect between the right two changes.
create table if not exists public.user_branch (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  branch_id uuid not null references public.branch on delete cascade,
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  unique (user_id, branch_id)
);

-- Who has a line in the week of a branch. id is the person's own, the one in their token.
create table if not exists public.employee (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  name text not null check (length(name) between 1 and 120),
  color text check (color ~ '^#[0-9a-f]{6}$'),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  unique (id, branch_id)
);

create table if not exists public.plan (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  week date not null check (extract(isodow from week) = 1),
  title text not null check (length(title) between 1 and 200),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  unique (id, branch_id)
);

create table if not exists public.client_card (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  name text not null check (length(name) between 1 and 200),
  phone text check (length(phone) <= 40),
  address text check (length(address) <= 400),
  note text check (length(note) <= 4000),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  unique (id, branch_id)
);

-- References carry the branch with them: a task can only name the plan, the person and the card of its own branch. A plain
-- reference is checked without policies, and would tell whether a row of another branch exists.
create table if not exists public.task (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  plan_id uuid not null,
  employee_id uuid not null,
  client_card_id uuid,
  day date not null,
  starts time not null,
  ends time not null,
  title text not null check (length(title) between 1 and 200),
  note text check (length(note) <= 4000),
  status text not null default 'taken' check (status in ('taken', 'done', 'posted', 'edited')),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  unique (id, branch_id),
  constraint task_plan foreign key (plan_id, branch_id) references public.plan (id, branch_id),
  constraint task_employee foreign key (employee_id, branch_id) references public.employee (id, branch_id),
  constraint task_client_card foreign key (client_card_id, branch_id) references public.client_card (id, branch_id),
  constraint task_time check (ends > starts)
);

-- Every status a task ever had; written by a trigger alone. branch_id and plan_id are those of that moment: a branch keeps
-- what happened while the task was its own, and a task that moves brings no history along.
create table if not exists public.status_history (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  plan_id uuid not null,
  task_id uuid not null references public.task on delete cascade,
  status text not null,
  at timestamptz not null default clock_timestamp(),
  by uuid,
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid
);

create table if not exists public.attachment (
  id uuid primary key default gen_random_uuid(),
  branch_id uuid not null references public.branch,
  task_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (length(kind) between 1 and 100),
  size bigint not null check (size >= 0),
  url text not null check (url ~ '^(https?://|/)' and length(url) <= 2000),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid,
  constraint attachment_task foreign key (task_id, branch_id) references public.task (id, branch_id)
    on update cascade on delete cascade
);

create index if not exists employee_branch on public.employee (branch_id);
create index if not exists plan_branch on public.plan (branch_id, week);
create index if not exists client_card_branch on public.client_card (branch_id);
create index if not exists task_branch on public.task (branch_id, day);
create index if not exists task_of_plan on public.task (plan_id);
create index if not exists task_of_employee on public.task (employee_id);
create index if not exists task_of_client_card on public.task (client_card_id);
create index if not exists status_history_branch on public.status_history (branch_id);
create index if not exists status_history_task on public.status_history (task_id);
create index if not exists attachment_branch on public.attachment (branch_id);
create index if not exists attachment_of_task on public.attachment (task_id);

-- For the owner of the tables alone, whatever the writer may write: nobody adds to the history by hand.
create or replace function public.status_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.status_history (branch_id, plan_id, task_id, status, by)
  values (new.branch_id, new.plan_id, new.id, new.status, auth.uid());
  return null;
end
$$;
revoke all on function public.status_changed() from public;

create or replace trigger status_of_new after insert on public.task
  for each row execute function public.status_changed();
create or replace trigger status_changed after update of status on public.task
  for each row when (new.status is distinct from old.status) execute function public.status_changed();

do $$
declare
  name text;
  own constant text := 'in (select mine.branch_id from public.user_branch mine where mine.user_id = (select auth.uid()))';
begin
  foreach name in array array[
    'branch', 'user_branch', 'employee', 'plan', 'client_card', 'task', 'status_history', 'attachment'] loop
    execute format('create or replace trigger touched before insert or update on public.%I
      for each row execute function amanat.touched()', name);
    execute format('alter table public.%I replica identity full', name);
    execute format('alter table public.%I enable row level security', name);
    execute format('drop policy if exists own on public.%I', name);
    execute format('revoke all on public.%I from public, authenticated, anon', name);
    execute format('grant select on public.%I to authenticated', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;

  -- What is read alone.
  execute format('create policy own on public.branch for select to authenticated using (id %s)', own);
  execute format('create policy own on public.employee for select to authenticated using (branch_id %s)', own);
  execute format('create policy own on public.status_history for select to authenticated using (branch_id %s)', own);
  create policy own on public.user_branch for select to authenticated using (user_id = (select auth.uid()));

  -- The bridge reads the rule itself, and so decides for all viewers of a change in one statement.
  drop policy if exists bridge on public.user_branch;
  create policy bridge on public.user_branch for select to amanat using (true);
  grant select on public.user_branch to amanat;

  -- What is written too: the row as it was and the row as it will be must both be of one's own branches.
  foreach name in array array['plan', 'client_card', 'task', 'attachment'] loop
    execute format('create policy own on public.%1$I to authenticated using (branch_id %2$s) with check (branch_id %2$s)',
      name, own);
    execute format('grant delete on public.%I to authenticated', name);
  end loop;
end
$$;

-- By column: updated_at and updated_by are the trigger's, an id is never changed, a history is written by nobody.
grant usage on schema public to authenticated, anon, service_role;
grant insert (id, branch_id, week, title), update (branch_id, week, title) on public.plan to authenticated;
grant insert (id, branch_id, name, phone, address, note), update (branch_id, name, phone, address, note)
  on public.client_card to authenticated;
grant insert (id, branch_id, plan_id, employee_id, client_card_id, day, starts, ends, title, note, status),
  update (branch_id, plan_id, employee_id, client_card_id, day, starts, ends, title, note, status)
  on public.task to authenticated;
grant insert (id, branch_id, task_id, name, kind, size, url) on public.attachment to authenticated;
