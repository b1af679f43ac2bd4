-- How many hours a week a place has, for what is billed (P18, PAY-01); null is a full place, as the price list of the month has it.
alter table offer add column weekly_hours int check (weekly_hours between 1 and 60);
alter table place add column weekly_hours int check (weekly_hours between 1 and 60);
grant insert (weekly_hours) on offer to {{request}};

-- Who has a place in a month, each child once and where it was last (BHG-13): for case workers, and of protected children for protection officers
-- (ADR-04), as they meet the places themselves. Brothers and sisters are those of the same guardians, as with reductions (PAY-04).
create function billed_children(of_care text, first_day date, next_month date)
  returns table (child_id uuid, unit_id uuid, weekly_hours int, household text, born_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with billed as (
    select distinct on (p.child_id) p.child_id, p.unit_id, p.weekly_hours from place p
    where p.care = of_care and p.from_day < next_month
      and (p.to_day is null or p.to_day > greatest(p.from_day, first_day))
      and ('CASE_WORKER' = any ((select access.municipal())::text[])
          and p.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
        or p.child_id = any ((select children_of_officers())::uuid[]))
    order by p.child_id, p.from_day desc, p.id),
  guardians as (
    select distinct g.child_id, g.person_id from access.guardian g
    where g.ground = 'PARENTAL_RESPONSIBILITY' and g.child_id in (select b.child_id from billed b)),
  homes as (
    select g.child_id, string_agg(g.person_id::text, ' ' order by g.person_id) as people from guardians g group by g.child_id)
  select b.child_id, b.unit_id, b.weekly_hours,
    encode(sha256(convert_to(coalesce(h.people, b.child_id::text), 'UTF8')), 'hex'), f.born_on
  from billed b left join homes h using (child_id) left join child_facts f using (child_id)
$$;
-- By how much households pay less in a month (PAY-02), as it was decided: of the same children, and of no other.
create function granted_reductions(of_care text, of_month text) returns table (household text, counted_income int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.household, d.counted_income
  from reduced_payment p join reduced_payment_decision d on d.reduced_payment_id = p.id
  where p.care = of_care and p.state = 'GRANTED' and of_month between p.first_month and p.last_month
    and ('CASE_WORKER' = any ((select access.municipal())::text[])
        and p.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
      or p.child_id = any ((select children_of_officers())::uuid[]))
  order by d.decided_at, p.id
$$;
do $$
declare
  name text;
begin
  foreach name in array array['billed_children(text, date, date)', 'granted_reductions(text, text)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to {{request}}', name);
  end loop;
end $$;
