-- What says which kind of round fits a child (BHG-06): when it was born, and whether it has a place on a day, at whichever unit of the kind, private ones
-- too. For its guardians, who apply, and for case workers, who enter what came on paper.
create function admission_facts(of_child uuid, on_day date, unit_kind text) returns table (born_on date, has_place boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (select c.born_on from child_facts c where c.child_id = of_child),
    exists (
      select from place p
      where p.child_id = of_child and p.care = case unit_kind when 'AFTER_SCHOOL' then 'SFO' else 'KINDERGARTEN' end
        and p.from_day <= on_day and (p.to_day is null or on_day < p.to_day)
      union all
      select from access.enrolment e join access.unit u on u.unit_id = e.unit_id
      where e.child_id = of_child and u.kind = unit_kind and e.from_day <= on_day and (e.to_day is null or on_day < e.to_day))
  where of_child = any ((select responsible_children())::uuid[])
    or ('CASE_WORKER' = any ((select access.municipal())::text[])
      and of_child <> all ((select children_case_workers_do_not_meet())::uuid[]))
$$;
revoke all on function admission_facts(uuid, date, text) from public;
grant execute on function admission_facts(uuid, date, text) to {{request}};
