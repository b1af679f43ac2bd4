-- What there is to count of a pupil's absence: the days on which somebody reported, or staff marked, that it was away from a school or
-- came and went within it. Of the days on which it was there from the first lesson to the last there is nothing to count.
create policy of_the_owner on lesson for select to {{owner}} using (true);

create function school_absence(wanted jsonb) returns table (place int, has_lessons boolean, is_hidden boolean, days jsonb)
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
    from asked join absence a on a.child_id = asked."childId" and a.day >= asked."from" and a.day < asked."to" and a.withdrawn_at is null
    join access.unit on unit.unit_id = a.unit_id and unit.kind = 'SCHOOL'
    union
    select distinct asked.place, m.child_id, m.unit_id, m.day
    from asked join mark m on m.child_id = asked."childId" and m.day >= asked."from" and m.day < asked."to" and m.nth is not null
      and (m.standing = 'ABSENT' or (m.slot = 'DAY' and (m.came is not null or m.went is not null)))
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
    exists (select from seat where seat.place = asked.place and seat.unit_id = any (units_hidden()))
      or exists (select from day where day.place = asked.place and day.unit_id = any (units_hidden())),
    coalesce((select jsonb_agg(day.known order by day.day, day.unit_id) from day where day.place = asked.place), '[]')
  from asked
$$;
revoke all on function school_absence(jsonb) from public;
grant execute on function school_absence(jsonb) to {{worker}};

-- Children whose absence from school is counted for whoever asks, at whichever school of the municipality it was: their guardians', and
-- those of whom somebody is the contact teacher or the leader at a school. After-school care is told nothing of it (SFO-10).
create function counted_children() returns uuid[] language sql stable as $$
  select access.children() || coalesce(array_agg(split_part(seat, ':', 1)::uuid), '{}')
  from unnest(leave_seats_led() || leave_seats_taught()) as seat
  join access.unit on unit.unit_id = split_part(seat, ':', 2)::uuid and unit.kind = 'SCHOOL'
$$;

create function absence_to_count(wanted jsonb) returns table (place int, has_lessons boolean, is_hidden boolean, days jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from school_absence((
    select coalesce(jsonb_agg(asked), '[]') from jsonb_array_elements(wanted) as asked
    where (asked ->> 'childId')::uuid = any (counted_children())))
$$;
revoke all on function absence_to_count(jsonb) from public;
grant execute on function absence_to_count(jsonb) to {{request}};
