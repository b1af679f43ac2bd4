-- How many children are at units, day by day and by the year of their birth (P27, BHG-25): those with a place, and those who came before there were
-- any places here, each once. Numbers and nobody: so the protected are counted with the others, who need as much room. For case workers all
-- units, for a leader the own ones; null is all of them.
create function children_by_day(of_units uuid[], first_day date, last_day date)
  returns table (unit_id uuid, day date, born_year int, age_group text, children int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with units as (
    select u.unit_id from access.unit u
    where (of_units is null or u.unit_id = any (of_units))
      and ('CASE_WORKER' = any ((select access.municipal())::text[]) or u.unit_id = any ((select led_units())::uuid[]))),
  there as (
    select p.unit_id, p.child_id, q.age_group, p.from_day, p.to_day from place p join pool q on q.id = p.pool_id
    where p.unit_id in (select u.unit_id from units u) and p.from_day <= last_day and (p.to_day is null or p.to_day > first_day)
    union all
    select e.unit_id, e.child_id, null, e.from_day, e.to_day from access.enrolment e
    where e.unit_id in (select u.unit_id from units u) and e.from_day <= last_day and (e.to_day is null or e.to_day > first_day)),
  days as (select d::date as day from generate_series(first_day, last_day, interval '1 day') as d),
  children as (
    select t.unit_id, d.day, t.child_id, max(t.age_group) as age_group from days d join there t
      on t.from_day <= d.day and (t.to_day is null or t.to_day > d.day)
    group by t.unit_id, d.day, t.child_id)
  select c.unit_id, c.day, extract(year from f.born_on)::int, c.age_group, count(*)::int
  from children c left join child_facts f using (child_id)
  group by 1, 2, 3, 4
$$;
revoke all on function children_by_day(uuid[], date, date) from public;
grant execute on function children_by_day(uuid[], date, date) to {{request}};
