-- Who has still to answer a slip or an event, and for which children: guardians of children who are there and not answered for.
-- Nothing leaves by itself of a protected child (S-08).
create function still_to_answer(event uuid) returns table (person_id uuid, child_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.person_id, i.child_id from unit_event_invitation i
  join access.guardian g on g.child_id = i.child_id and (g.ends_on is null or g.ends_on > (select access.today()))
  where i.event_id = event
    and not exists (select from unit_event_answer a where a.event_id = i.event_id and a.child_id = i.child_id)
    and not exists (select from access.enrolment e where e.child_id = i.child_id and e.named_staff is not null)
    and exists (
      select from access.enrolment e where e.child_id = i.child_id and e.unit_id = i.unit_id
        and e.from_day <= (select access.today()) and (e.to_day is null or (select access.today()) < e.to_day))
$$;
revoke all on function still_to_answer(uuid) from public;
grant execute on function still_to_answer(uuid) to {{worker}};

-- The reminder of it, and the guardians of a child of whoever asks who have no child left to answer for.
create function reminded_for_nothing(event uuid, answered uuid) returns table (reminder_id uuid, person_ids uuid[])
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.reminder_id, array_agg(g.person_id order by g.person_id)
  from unit_event e join access.guardian g on g.child_id = answered
  where e.id = event and e.reminder_id is not null and answered = any (access.children())
    and not exists (select from still_to_answer(event) as s where s.person_id = g.person_id)
  group by e.reminder_id
$$;
revoke all on function reminded_for_nothing(uuid, uuid) from public;
grant execute on function reminded_for_nothing(uuid, uuid) to {{request}};
