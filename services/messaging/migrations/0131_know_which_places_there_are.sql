-- Whether there are such places, whoever may speak there: a group is known by its children, and to whoever has a role for it.
create function are_places(wanted text[]) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (
    select from (
      select split_part(place, ':', 1)::uuid as unit_id, split_part(place, ':', 2)::uuid as group_id
      from unnest(wanted) as place where place like '%:%') as one
    where not exists (select from access.enrolment e where e.unit_id = one.unit_id and one.group_id = any (e.group_ids))
      and not exists (
        select from access.staff_role r
        where r.person_id = access.person() and r.unit_id = one.unit_id and r.group_id = one.group_id))
$$;
revoke all on function are_places(text[]) from public;
grant execute on function are_places(text[]) to {{request}};
