-- From which absence on a school has its staff look at a pupil: its own data, as there is no such number in law (ABS-18). One that is not
-- wanted any more ends, and is not taken away: alerts name it.
create table threshold (
  id uuid primary key,
  unit_id uuid not null,
  measure text not null check (measure in ('DAYS', 'PERCENT')),
  at_least int not null check (at_least between 1 and 190),
  period text not null check (period in ('WEEKS', 'TERM', 'IN_A_ROW')),
  weeks int check (weeks between 1 and 52),
  tells text[] not null check (tells <@ array['CONTACT_TEACHER', 'LEADER'] and cardinality(tells) > 0),
  ended_at timestamptz,
  check ((period = 'WEEKS') = (weeks is not null)),
  check (measure = 'DAYS' or (period <> 'IN_A_ROW' and at_least <= 100))
);
create index threshold_unit on threshold (unit_id) where ended_at is null;

-- That a pupil's absence has reached one. Told to staff first, and to no guardian by itself (T14).
create table threshold_alert (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  threshold_id uuid not null references threshold,
  tells text[] not null,
  -- The first day of the period in which it was reached; and the day on which it was.
  since date not null,
  raised_on date not null,
  -- Null until somebody of the staff has taken it on, and once they have been erased (RET-08).
  seen_by uuid,
  seen_at timestamptz,
  unique (child_id, threshold_id, raised_on)
);
create index threshold_alert_open on threshold_alert (unit_id, raised_on, id) where seen_at is null;

-- Pupils whose absence is to be looked at, on a day or as soon as possible after it. For the service alone.
create table threshold_look (
  child_id uuid not null,
  unit_id uuid not null,
  look_on date not null,
  -- How often looking at it has failed in a row, and not before when it is tried again.
  looks int not null default 0,
  look_at timestamptz,
  primary key (child_id, unit_id, look_on)
);
create index threshold_look_day on threshold_look (look_on);

do $$
declare
  name text;
begin
  foreach name in array array['threshold', 'threshold_alert', 'threshold_look'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
  end loop;
end $$;

create policy of_the_leader on threshold for select to {{request}} using (unit_id = any ((select led_units())::uuid[]));
-- Whoever is told of an alert is told of what it is reached by.
create policy of_who_is_told on threshold for select to {{request}} using (unit_id = any ((select staffed_units())::uuid[]));
create policy by_the_leader on threshold for insert to {{request}} with check (unit_id = any ((select led_units())::uuid[]));
create policy by_the_leader_still on threshold for update to {{request}} using (
  unit_id = any ((select led_units())::uuid[]) and unit_id = any ((select units_open())::uuid[]));
create policy while_open on threshold as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));

create policy of_who_is_told on threshold_alert for select to {{request}} using (
  child_id || ':' || unit_id = any ((select school_seats_led())::text[])
  or ('CONTACT_TEACHER' = any (tells) and child_id || ':' || unit_id = any ((select leave_seats_taught())::text[])));
create policy of_who_is_told_still on threshold_alert for update to {{request}} using (
  seen_at is null and unit_id = any ((select units_open())::uuid[]) and (
    child_id || ':' || unit_id = any ((select school_seats_led())::text[])
    or ('CONTACT_TEACHER' = any (tells) and child_id || ':' || unit_id = any ((select leave_seats_taught())::text[]))))
  with check (seen_by = (select access.person()));
create policy unless_hidden on threshold_alert as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));

grant select, insert (id, unit_id, measure, at_least, period, weeks, tells), update (ended_at) on threshold to {{request}};
grant select, update (seen_by, seen_at) on threshold_alert to {{request}};
grant select on threshold to {{worker}};
grant select, insert on threshold_alert to {{worker}};
grant select, delete, update (looks, look_at) on threshold_look to {{worker}};

-- Whatever makes a pupil's absence more has it looked at, whoever stores it, in the same transaction; where a school has no threshold,
-- nothing is. Whoever looks at it just now is followed by another look.
create function look_at_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from threshold where unit_id = new.unit_id and ended_at is null) then
    insert into threshold_look (child_id, unit_id, look_on) values (new.child_id, new.unit_id, new.day)
    on conflict (child_id, unit_id, look_on) do update set look_at = null;
  end if;
  return null;
end $$;
revoke all on function look_at_absence() from public;
create trigger mark_looked_at after insert on mark for each row when (new.standing = 'ABSENT') execute function look_at_absence();
create trigger absence_looked_at after insert or update on absence for each row when (new.withdrawn_at is null)
  execute function look_at_absence();

-- Who of the staff is told of a pupil, by their role; of a protected one only who is named for it (ADR-10), and nobody of their own (GUA-24).
create function told_of(child uuid, at_unit uuid, roles text[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.person_id), '{}') from access.enrolment e
  join access.staff_role r on r.unit_id = e.unit_id and r.role = any (roles)
    and ((r.group_id is null and r.role = 'LEADER') or r.group_id = any (e.group_ids))
  where e.unit_id = at_unit and e.child_id = child
    and (e.named_staff is null or access.is_named(e.named_staff, r.person_id, access.today()))
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
    and not exists (select from access.guardian g where g.child_id = child and g.person_id = r.person_id)
$$;
revoke all on function told_of(uuid, uuid, text[]) from public;
grant execute on function told_of(uuid, uuid, text[]) to {{worker}};

create or replace function erase_person_from_counting(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from health_note where child_id = erased;
  delete from removal_request where child_id = erased;
  delete from absence_certificate where child_id = erased;
  delete from threshold_alert where child_id = erased;
  delete from threshold_look where child_id = erased;
  update health_note set accepted_by = null where accepted_by = erased;
  update health_note set withdrawn_by = null where withdrawn_by = erased;
  update removal_request set requested_by = null where requested_by = erased;
  update removal_request set decided_by = null where decided_by = erased;
  update absence_certificate set certified_by = null where certified_by = erased;
  update group_grade set set_by = null where set_by = erased;
  update threshold_alert set seen_by = null where seen_by = erased;
$$;
