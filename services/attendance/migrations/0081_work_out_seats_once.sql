-- What whoever asks has a ground for was worked out anew for each row that a function compared with it: for who leads a school of three
-- hundred, 50 ms each time. Worked out once, it is the same.
do $$
declare
  made text;
begin
  for made in
    select regexp_replace(
      regexp_replace(pg_get_functiondef(p.oid), 'any \(((access\.)?[a-z_]*seats\(\))\)', 'any ((select \1)::text[])', 'g'),
      'any \(((access\.)?[a-z_]+\(\))\)', 'any ((select \1)::uuid[])', 'g')
    from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname = 'sql'
    where p.pronamespace = 'public'::regnamespace and p.prosrc ~ 'any \((access\.)?[a-z_]+\(\)\)'
  loop
    execute made;
  end loop;
end $$;

-- What there is to count, as before. The rows of each pupil are looked up by the pupil: joined with any number of pupils, as the planner
-- has to believe of what is asked, all rows were read.
create or replace function school_absence(wanted jsonb) returns table (place int, has_lessons boolean, is_hidden boolean, days jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with asked as materialized (
    select * from jsonb_to_recordset(wanted) as asked(place int, "childId" uuid, "from" date, "to" date)
  ), seat as materialized (
    select asked.place, e.child_id, e.unit_id, e.group_ids, e.from_day, e.to_day, asked."from", asked."to"
    from asked join access.enrolment e on e.child_id = asked."childId" and e.from_day < asked."to"
      and (e.to_day is null or e.to_day > asked."from")
    join access.unit on unit.unit_id = e.unit_id and unit.kind = 'SCHOOL'
  ), away as materialized (
    select distinct asked.place, a.child_id, a.unit_id, a.day
    from asked cross join lateral (select * from absence
      where child_id = asked."childId" and day >= asked."from" and day < asked."to" and withdrawn_at is null offset 0) as a
    join access.unit on unit.unit_id = a.unit_id and unit.kind = 'SCHOOL'
    union
    select distinct asked.place, m.child_id, m.unit_id, m.day
    from asked cross join lateral (select * from mark
      where child_id = asked."childId" and day >= asked."from" and day < asked."to" and nth is not null
        and (standing = 'ABSENT' or (slot = 'DAY' and (came is not null or went is not null))) offset 0) as m
    join access.unit on unit.unit_id = m.unit_id and unit.kind = 'SCHOOL'
  ), day as materialized (
    select away.*, jsonb_build_object('unitId', away.unit_id, 'day', away.day,
      'isLeave', exists (select from leave_day l where l.child_id = away.child_id and l.unit_id = away.unit_id and l.day = away.day),
      'said', said_of(away.child_id, away.unit_id, away.day),
      'seen', coalesce((select jsonb_object_agg(last.slot, jsonb_build_object('standing', last.standing,
          'came', to_char(last.came, 'HH24:MI'), 'went', to_char(last.went, 'HH24:MI')))
        from (select distinct on (m.slot) m.* from mark m
          where m.child_id = away.child_id and m.unit_id = away.unit_id and m.day = away.day and m.nth is not null
          order by m.slot, m.nth desc) as last), '{}'),
      'lessons', coalesce((select jsonb_agg(distinct jsonb_build_object('id', lesson.id, 'groupId', lesson.group_id,
          'starts', to_char(lesson.starts, 'HH24:MI'), 'ends', to_char(lesson.ends, 'HH24:MI')))
        from seat join lesson on lesson.unit_id = seat.unit_id and lesson.group_id = any (seat.group_ids)
        where seat.place = away.place and seat.unit_id = away.unit_id
          and seat.from_day <= away.day and (seat.to_day is null or away.day < seat.to_day)
          and lesson.weekday = extract(isodow from away.day)
          and lesson.from_day <= away.day and (lesson.to_day is null or away.day < lesson.to_day)), '[]')) as known
    from away
  )
  select asked.place,
    -- At each of the pupil's schools: of one that does not say when its lessons are, no hours can be counted.
    coalesce((select bool_and(exists (select from lesson where lesson.unit_id = seat.unit_id and lesson.group_id = any (seat.group_ids)
        and lesson.from_day < seat."to" and (lesson.to_day is null or lesson.to_day > seat."from")))
      from seat where seat.place = asked.place), false),
    exists (select from seat where seat.place = asked.place and seat.unit_id = any ((select units_hidden())::uuid[]))
      or exists (select from day where day.place = asked.place and day.unit_id = any ((select units_hidden())::uuid[])),
    coalesce((select jsonb_agg(day.known order by day.day, day.unit_id) from day where day.place = asked.place), '[]')
  from asked
$$;
