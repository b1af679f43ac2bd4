-- Who of the staff is told at once that a child does not come today after all (T29): the contact teacher, and in kindergarten and after-school
-- care those in charge of it; of a protected child only who is named for it (ADR-10), and nobody of their own (GUA-24). For a guardian of the
-- child, whose report it is.
create function news_of_absence_to(child uuid, at_unit uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.person_id order by r.person_id), '{}') from access.enrolment e
  join access.staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    and r.role in ('CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN')
  where e.unit_id = at_unit and e.child_id = child and child = any ((select access.children())::uuid[])
    and (e.named_staff is null or access.is_named(e.named_staff, r.person_id, access.today()))
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
    and not exists (select from access.guardian g where g.child_id = child and g.person_id = r.person_id)
$$;
revoke all on function news_of_absence_to(uuid, uuid) from public;
grant execute on function news_of_absence_to(uuid, uuid) to {{request}};
