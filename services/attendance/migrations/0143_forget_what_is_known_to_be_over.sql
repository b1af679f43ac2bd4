-- Forgotten is what the copy says a child was enrolled for, in a class that is not certified: of what it does not say nothing is forgotten, as it
-- may say so yet. All of it is looked through again when another school year is due, for what was kept then and need not be now.
alter table register_forgotten add column until date;

create or replace function forget_register(at_place text, before_day date, most int) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  of_day date;
  seen_until date;
  kinds constant text[] := case at_place when 'SCHOOL' then array['SCHOOL'] else array['KINDERGARTEN', 'AFTER_SCHOOL'] end;
  marks int;
  absences int;
begin
  -- Asked all the time, and hardly ever is there anything.
  if exists (select from register_forgotten f where f.place = at_place and f.until = before_day and f.before >= before_day) then
    return false;
  end if;
  insert into register_forgotten (place, before) values (at_place, before_day) on conflict do nothing;
  select f.before, f.until into of_day, seen_until from register_forgotten f where f.place = at_place for update;
  if seen_until is distinct from before_day then
    of_day := least((select min(day) from mark), (select min(day) from absence), before_day);
    update register_forgotten set before = of_day, until = before_day where place = at_place;
  end if;
  if of_day >= before_day then
    return false;
  end if;
  -- A month of days of which there is nothing to forget is as little work as one.
  for step in 1 .. 31 loop
    delete from mark using (
      select m.day, m.id from mark m join forgettable(kinds, of_day) f on f.child_id = m.child_id and f.unit_id = m.unit_id
      where m.day = of_day limit most) as old
    where mark.day = old.day and mark.id = old.id and mark.day = of_day;
    get diagnostics marks = row_count;
    delete from absence using (
      select a.id from absence a join forgettable(kinds, of_day) f on f.child_id = a.child_id and f.unit_id = a.unit_id
      where a.day = of_day limit most) as old
    where absence.id = old.id;
    get diagnostics absences = row_count;
    if marks < most and absences < most then
      of_day := of_day + 1;
    end if;
    exit when marks + absences > 0 or of_day >= before_day;
  end loop;
  update register_forgotten set before = of_day where place = at_place;
  return true;
end $$;

-- Who was enrolled where on a day of which nothing is to be kept: not in a class that is certified (ABS-06, ABS-23), nor where somebody follows
-- the child up still (ABS-21) or is asked to leave days out (ABS-07).
create function forgettable(kinds text[], of_day date) returns table (child_id uuid, unit_id uuid)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.child_id, e.unit_id from access.enrolment e join access.unit u on u.unit_id = e.unit_id and u.kind = any (kinds)
  where e.from_day <= of_day and (e.to_day is null or of_day < e.to_day)
    and not exists (
      select from access.enrolment c join group_grade g on g.unit_id = c.unit_id and g.group_id = any (c.group_ids)
      where c.child_id = e.child_id and u.kind = 'SCHOOL' and g.grade >= 8
        and g.school_year = extract(year from of_day - interval '7 months'))
    and not exists (
      select from follow_up f join access.enrolment still on still.child_id = f.child_id and still.unit_id = f.unit_id
        and (still.to_day is null or access.today() < still.to_day)
      where f.child_id = e.child_id and f.unit_id = e.unit_id and f.closed_at is null)
    and not exists (select from removal_request r where r.child_id = e.child_id and u.kind = 'SCHOOL' and r.outcome is null)
$$;
revoke all on function forgettable(text[], date) from public;
