-- Which subject a lesson is of, by its code in the national register of curricula (Grep): no words. Needed where absence is counted by
-- subject alone (ABS-19).
alter table lesson add column subject text check (subject ~ '^[A-Z]{3}[0-9]{4}$');

-- The lessons of subjects that pupils have in a period, while each is in the group that has them: for whoever their absence is counted for.
create function lessons_to_count(wanted jsonb) returns table (place int, lessons jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select asked.place, jsonb_agg(jsonb_build_object('id', lesson.id, 'subject', lesson.subject, 'unitId', lesson.unit_id,
      'weekday', lesson.weekday, 'from', greatest(lesson.from_day, e.from_day, asked."from"),
      'to', least(lesson.to_day, e.to_day, asked."to")) order by lesson.id)
  from jsonb_to_recordset(wanted) as asked(place int, "childId" uuid, "from" date, "to" date)
  join access.enrolment e on e.child_id = asked."childId"
  join lesson on lesson.unit_id = e.unit_id and lesson.group_id = any (e.group_ids) and lesson.subject is not null
  where asked."childId" = any ((select counted_children())::uuid[]) and lesson.unit_id <> all ((select units_hidden())::uuid[])
    and greatest(lesson.from_day, e.from_day, asked."from") < least(lesson.to_day, e.to_day, asked."to")
  group by asked.place
$$;
revoke all on function lessons_to_count(jsonb) from public;
grant execute on function lessons_to_count(jsonb) to {{request}};
