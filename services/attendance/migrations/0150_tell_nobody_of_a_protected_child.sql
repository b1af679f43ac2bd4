-- Of a protected child staff are told by no message (S-08): whoever is named for it sees on the board what home says of a day that goes on
-- (T29). A notice would be held back until the protection is over, and then go out all at once.
create or replace function news_of_absence_to(child uuid, at_unit uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.person_id order by r.person_id), '{}') from access.enrolment e
  join access.staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    and r.role in ('CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN')
  where e.unit_id = at_unit and e.child_id = child and child = any ((select access.children())::uuid[])
    and not exists (select from access.enrolment p where p.child_id = child and p.named_staff is not null)
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
    and not exists (select from access.guardian g where g.child_id = child and g.person_id = r.person_id)
$$;
