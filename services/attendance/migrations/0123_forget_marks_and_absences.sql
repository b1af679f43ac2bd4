-- Marks and absences are kept for some school years, and not for as long as a child is here (ABS-04, RET-03). What a certificate may be made
-- or corrected from stays with the child: of classes that are certified, from grade 8 on (ABS-06, ABS-23); and so does what somebody follows
-- up still (ABS-21), or is asked to leave out (ABS-07).
create table register_forgotten (
  place text primary key check (place in ('SCHOOL', 'ELSEWHERE')),
  -- Of the days before it nothing is left but what is kept: whoever is killed goes on from here.
  before date not null
);
alter table register_forgotten enable row level security;
alter table register_forgotten force row level security;
create policy of_the_owner on register_forgotten to {{owner}} using (true) with check (true);

-- Forgets at most so many marks, and as many absences, of the first day before another of which there may be any; false once there is none.
create function forget_register(at_place text, before_day date, most int) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  of_day date;
  kinds constant text[] := case at_place when 'SCHOOL' then array['SCHOOL'] else array['KINDERGARTEN', 'AFTER_SCHOOL'] end;
  kept uuid[];
  marks int;
  absences int;
begin
  -- Asked all the time, and hardly ever is there anything.
  if exists (select from register_forgotten f where f.place = at_place and f.before >= before_day) then
    return false;
  end if;
  insert into register_forgotten (place, before)
    select at_place, least((select min(day) from mark), (select min(day) from absence), before_day)
    where not exists (select from register_forgotten where place = at_place)
    on conflict do nothing;
  select f.before into of_day from register_forgotten f where f.place = at_place for update;
  if of_day >= before_day then
    return false;
  end if;
  select coalesce(array_agg(child_id), '{}') into kept from (
    select e.child_id from access.enrolment e
    join group_grade g on g.unit_id = e.unit_id and g.group_id = any (e.group_ids) and g.grade >= 8
      and g.school_year = extract(year from of_day - interval '7 months')
    where at_place = 'SCHOOL'
    union select child_id from follow_up where closed_at is null
    union select child_id from removal_request where outcome is null) as held;
  delete from mark using (
    select m.day, m.id from access.unit u join mark m on m.unit_id = u.unit_id and m.day = of_day
    where u.kind = any (kinds) and m.child_id <> all (kept) limit most) as old
  where mark.day = old.day and mark.id = old.id and mark.day = of_day;
  get diagnostics marks = row_count;
  delete from absence using (
    select a.id from access.unit u join absence a on a.unit_id = u.unit_id and a.day = of_day
    where u.kind = any (kinds) and a.child_id <> all (kept) limit most) as old
  where absence.id = old.id;
  get diagnostics absences = row_count;
  if marks < most and absences < most then
    update register_forgotten set before = of_day + 1 where place = at_place;
  end if;
  return true;
end $$;
revoke all on function forget_register(text, date, int) from public;
grant execute on function forget_register(text, date, int) to {{worker}};
