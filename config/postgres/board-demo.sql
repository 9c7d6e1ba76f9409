-- Three branches of a company that does not exist, with invented people, and two weeks of their work: this week and the
-- next. For the demo and for trying things out; never for a database that is in use:
--
--     psql -1 -v ON_ERROR_STOP=1 -d DATABASE -f board-demo.sql
--
-- Run again, it starts all over. Ids speak: b… a branch, e… a person, c… a card, and their number.

truncate public.branch, public.user_branch, public.employee, public.plan, public.client_card, public.task,
  public.status_history, public.attachment cascade;

insert into public.branch (id, name) values
  ('b0000000-0000-4000-8000-000000000001', 'Toshkent · Chilonzor'),
  ('b0000000-0000-4000-8000-000000000002', 'Samarqand · Registon'),
  ('b0000000-0000-4000-8000-000000000003', 'Farg‘ona · Markaz');

-- Colours hold white text and differ from their neighbours.
insert into public.employee (id, branch_id, name, color)
select ('e0000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
  ('b0000000-0000-4000-8000-' || lpad((number / 100)::text, 12, '0'))::uuid, name,
  (array['#1f6f8b', '#8a4f7d', '#4c7a34', '#a35b1e', '#4a5fa8', '#a33d4c'])[number % 100]
from (values
  (101, 'Dilnoza Karimova'), (102, 'Jasur Toshmatov'), (103, 'Sherzod Abdullayev'), (104, 'Nodira Yusupova'),
  (105, 'Bekzod Rahimov'), (106, 'Timur Akhmedov'),
  (201, 'Malika Saidova'), (202, 'Otabek Nazarov'), (203, 'Ulug‘bek Sobirov'), (204, 'Zarina Hamidova'),
  (205, 'Rustam Ergashev'),
  (301, 'Gulnora Mirzayeva'), (302, 'Aziz Qodirov'), (303, 'Sardor Ismoilov'), (304, 'Elena Kim'), (305, 'Doniyor Umarov')
) as people (number, name);

-- Everybody sees the own branch; Dilnoza Karimova, who directs the region, sees all three.
insert into public.user_branch (user_id, branch_id)
select id, branch_id from public.employee
union
select 'e0000000-0000-4000-8000-000000000101', id from public.branch;

insert into public.client_card (id, branch_id, name, phone, address, note)
select ('c0000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
  ('b0000000-0000-4000-8000-' || lpad((number / 100)::text, 12, '0'))::uuid, name, phone, address, note
from (values
  (101, '«Oq saroy» mehmonxonasi', '+998 71 200 01 01', 'Toshkent, Bunyodkor shoh ko‘chasi, 12', 'Kirish xizmat eshigidan. Qorovulga oldindan qo‘ng‘iroq qiling.'),
  (102, 'Feruza Xolmatova', '+998 90 000 11 02', 'Chilonzor, 19-mavze, 44-uy, 37-xonadon', 'Domofon ishlamaydi.'),
  (103, '«Navro‘z» supermarketi', '+998 71 200 01 03', 'Qatortol ko‘chasi, 3', 'Muzlatgichlar 8 ta. Ish faqat 11:00 gacha.'),
  (104, 'Anvar Jo‘rayev', '+998 93 000 11 04', 'Chilonzor, 9-mavze, 5-uy, 12-xonadon', null),
  (105, '17-maktab oshxonasi', '+998 71 200 01 05', 'Gagarin ko‘chasi, 21', 'Hujjat: shartnoma 2-son.'),
  (106, 'Ольга Петрова', '+998 94 000 11 06', 'Чиланзар, квартал 6, дом 18, кв. 5', 'Звонить после 10:00.'),
  (107, '«Besh qozon» choyxonasi', '+998 71 200 01 07', 'Arnasoy ko‘chasi, 40', null),
  (108, 'Shahnoza Rustamova', '+998 97 000 11 08', 'Lutfiy ko‘chasi, 7, 2-xonadon', 'Kafolat muddati tugamagan.'),
  (201, '«Registon Plaza» mehmonxonasi', '+998 66 200 02 01', 'Samarqand, Registon ko‘chasi, 2', 'Avtoturargoh orqa tomonda.'),
  (202, 'Farhod Boboyev', '+998 91 000 22 02', 'Universitet xiyoboni, 15, 21-xonadon', null),
  (203, '«Siyob» bozori, 14-do‘kon', '+998 66 200 02 03', 'Siyob bozori', 'Juma kuni yopiq.'),
  (204, 'Munisa Aliyeva', '+998 99 000 22 04', 'Sog‘diana mavzesi, 31-uy, 8-xonadon', null),
  (205, '«Afrosiyob» klinikasi', '+998 66 200 02 05', 'Gagarin ko‘chasi, 70', 'Konditsionerlar 3 qavatda.'),
  (206, 'Игорь Ли', '+998 93 000 22 06', 'ул. Дагбитская, 48', null),
  (301, '«Marg‘ilon ipagi» fabrikasi', '+998 73 200 03 01', 'Farg‘ona, Sanoatchilar ko‘chasi, 5', 'Ruxsatnoma kerak, bir kun oldin yozdiring.'),
  (302, 'Hilola Tursunova', '+998 90 000 33 02', 'Mustaqillik ko‘chasi, 9, 14-xonadon', null),
  (303, '«Do‘stlik» oshxonasi', '+998 73 200 03 03', 'Al-Farg‘oniy ko‘chasi, 28', null),
  (304, 'Baxtiyor G‘aniyev', '+998 94 000 33 04', 'Yangi Marg‘ilon, 4-daha, 11-uy', 'It bor, darvozadan qo‘ng‘iroq qiling.'),
  (305, '6-poliklinika', '+998 73 200 03 05', 'Kamolot ko‘chasi, 1', null),
  (306, 'Наргиза Садыкова', '+998 97 000 33 06', 'ул. Мураббийлар, 33, кв. 40', null)
) as cards (number, name, phone, address, note);

insert into public.plan (branch_id, week, title)
select branch.id, monday, kind
from public.branch, unnest(array['O‘rnatish va yetkazish', 'Ta’mirlash va ko‘rik']) as kind,
  generate_series(date_trunc('week', localtimestamp), date_trunc('week', localtimestamp) + interval '7 days', '7 days')
    as monday;

-- A day of a person has five slots, of which about two in three are taken in this week and one in three in the next. What
-- the day is about follows from a digest, so that every start shows the same board.
-- Until further down nothing is noted by triggers: what is written here is the past, and each task was last touched by
-- the person whose it is.
alter table public.task disable trigger user;

create temp table job (number int, kind text, title text, minutes int) on commit drop;
insert into job values
  (0, 'O‘rnatish va yetkazish', 'Konditsioner o‘rnatish', 90),
  (1, 'O‘rnatish va yetkazish', 'Muzlatgichni yetkazish va ulash', 60),
  (2, 'O‘rnatish va yetkazish', 'Kir yuvish mashinasini ulash', 60),
  (3, 'O‘rnatish va yetkazish', 'Gaz plitasini o‘rnatish', 75),
  (4, 'O‘rnatish va yetkazish', 'Suv isitgich o‘rnatish', 90),
  (5, 'Ta’mirlash va ko‘rik', 'Konditsionerga freon quyish', 60),
  (6, 'Ta’mirlash va ko‘rik', 'Muzlatgichni tekshirish', 45),
  (7, 'Ta’mirlash va ko‘rik', 'Kir yuvish mashinasi: suv oqyapti', 60),
  (8, 'Ta’mirlash va ko‘rik', 'Kafolat bo‘yicha ko‘rik', 45),
  (9, 'Ta’mirlash va ko‘rik', 'Filtr almashtirish', 30),
  (10, 'Ta’mirlash va ko‘rik', 'Shartnoma bo‘yicha oylik xizmat', 90);

insert into public.task
  (branch_id, plan_id, employee_id, client_card_id, day, starts, ends, title, note, status, updated_by)
select employee.branch_id, plan.id, employee.id, card.id, day, starts, starts + make_interval(mins => job.minutes), job.title,
  case digest % 5 when 0 then 'Ehtiyot qismlar ombordan olinsin.' when 3 then 'Borishdan oldin qo‘ng‘iroq qiling.' end,
  case
    when day > localtimestamp::date or (day = localtimestamp::date and starts > localtime) then 'taken'
    when day = localtimestamp::date then (array['taken', 'done', 'done'])[1 + digest % 3]
    else (array['done', 'posted', 'posted', 'edited', 'posted'])[1 + digest % 5]
  end,
  employee.id
from public.employee
join public.plan using (branch_id)
cross join lateral generate_series(0, 5) as weekday
cross join lateral (select plan.week + weekday as day) as days
cross join lateral unnest(array['09:00', '10:45', '13:30', '15:15', '17:00']::time[]) as starts
cross join lateral (
  select ('x' || substr(md5(employee.name || weekday || starts || (plan.week > localtimestamp::date)), 1, 7))::bit(28)::int
    as digest) as digests
join job on job.number = digest % 11 and job.kind = plan.title
cross join lateral (
  select id from public.client_card where branch_id = employee.branch_id order by md5(id::text || digest) limit 1) as card
where digest / 11 % 3 < case when plan.week > localtimestamp::date then 1 else 2 end
  and (weekday < 5 or starts < '13:00');

-- The two meetings that every branch has in its week, with nobody's card.
insert into public.task (branch_id, plan_id, employee_id, day, starts, ends, title, status, updated_by)
select plan.branch_id, plan.id, employee.id, plan.week + weekday, '08:15', '08:45', meeting,
  case when plan.week + weekday < localtimestamp::date then 'done' else 'taken' end, employee.id
from public.plan
join (select distinct on (branch_id) * from public.employee order by branch_id, id) as employee using (branch_id)
cross join (values (0, 'Haftalik yig‘ilish'), (4, 'Hafta yakuni, hisobot')) as meetings (weekday, meeting)
where plan.title = 'O‘rnatish va yetkazish';

alter table public.task enable trigger user;

-- How each task came to its status.
insert into public.status_history (branch_id, plan_id, task_id, status, at, by)
select branch_id, plan_id, id, step.status,
  least(step.at, clock_timestamp() - interval '1 minute'), employee_id
from public.task
cross join lateral (values
  (1, 'taken', (least(day, localtimestamp::date) - 1 + time '16:20')::timestamptz
    + make_interval(mins => extract(minute from ends)::int)),
  (2, 'done', (day + ends)::timestamptz),
  (3, 'posted', (day + time '18:05')::timestamptz + make_interval(mins => extract(minute from starts)::int)),
  (4, 'edited', (day + time '18:50')::timestamptz)) as step (number, status, at)
where step.number <= array_position(array['taken', 'done', 'posted', 'edited'], task.status);

insert into public.attachment (branch_id, task_id, name, kind, size, url)
select branch_id, id, file.name, file.kind, file.size + length(title) * 137, '/board/files/' || id || '/' || file.number
from public.task
cross join (values
  (0, 'Dalolatnoma.pdf', 'application/pdf', 184320), (1, 'Oldin.jpg', 'image/jpeg', 912384),
  (2, 'Keyin.jpg', 'image/jpeg', 1048576)) as file (number, name, kind, size)
where client_card_id is not null and (status <> 'taken' or file.number = 1)
  and ('x' || substr(md5(title || day || starts || employee_id || file.number), 1, 7))::bit(28)::int % 4 = 0;

analyze public.branch, public.user_branch, public.employee, public.plan, public.client_card, public.task,
  public.status_history, public.attachment;
