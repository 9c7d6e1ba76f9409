-- A plan with very many tasks, to see how the board scrolls: 10,000 of them in the first branch of board-demo.sql, or as
-- many as you say:
--
--     psql -1 -v ON_ERROR_STOP=1 -d DATABASE -c "set board.many = '50000'" -f board-many.sql

insert into public.plan (branch_id, week, title)
values ('b0000000-0000-4000-8000-000000000001', date_trunc('week', localtimestamp), 'Juda ko‘p ish');

insert into public.task (branch_id, plan_id, employee_id, client_card_id, day, starts, ends, title)
select plan.branch_id, plan.id, people[1 + number % array_length(people, 1)], cards[1 + number % array_length(cards, 1)],
  plan.week + number % 6, time '08:00' + make_interval(mins => number % 10 * 60),
  time '08:45' + make_interval(mins => number % 10 * 60), 'Ko‘rik № ' || number
from (select * from public.plan where title = 'Juda ko‘p ish' order by updated_at desc limit 1) as plan
cross join lateral (select array_agg(id order by id) as people from public.employee where branch_id = plan.branch_id) as e
cross join lateral (select array_agg(id order by id) as cards from public.client_card where branch_id = plan.branch_id) as c
cross join generate_series(1, coalesce(nullif(current_setting('board.many', true), ''), '10000')::int) as number;

analyze public.task;
