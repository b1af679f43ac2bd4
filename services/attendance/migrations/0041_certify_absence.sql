-- Which grade a class is in, as its school says for each school year: identity does not know. No secret, as a calendar is none.
create table group_grade (
  unit_id uuid not null,
  group_id uuid not null,
  school_year int not null check (school_year between 2000 and 2200),
  grade int not null check (grade between 1 and 13),
  -- Null once whoever said it has been erased (RET-08); so are those below.
  set_by uuid,
  set_at timestamptz not null default now(),
  primary key (unit_id, group_id, school_year)
);

-- That illness has been documented for some days, and who of the school accepted it. The document itself goes by the contact form, into
-- the archive; nothing here says what of (T23). For its guardians and for who leads the school: no class staff (ABS-07).
create table health_note (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  from_day date not null,
  -- The last day of it.
  to_day date not null check (from_day <= to_day),
  is_chronic boolean not null,
  accepted_by uuid,
  accepted_at timestamptz not null default now(),
  withdrawn_by uuid,
  withdrawn_at timestamptz
);
create unique index health_note_standing on health_note (child_id, from_day, to_day, is_chronic) where withdrawn_at is null;

-- That guardians ask for days to be left out of the certificate (ABS-07), and what became of it. One that stands for a school year.
create table removal_request (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  school_year int not null,
  -- Causes are to be annexed to the certificate (ABS-10).
  with_causes boolean not null,
  requested_by uuid,
  requested_at timestamptz not null default now(),
  outcome text check (outcome in ('ACCEPTED', 'REFUSED')),
  reason text check (length(reason) between 1 and 4000),
  decided_by uuid,
  decided_at timestamptz,
  check ((outcome is null) = (decided_at is null)),
  check (outcome is distinct from 'REFUSED' or reason is not null)
);
create unique index removal_request_standing on removal_request (child_id, school_year) where outcome is distinct from 'REFUSED';

-- What was certified, and each correction of it: added and never changed. The last one counts; those before it are its trace (ABS-23).
create table absence_certificate (
  child_id uuid not null,
  school_year int not null,
  nth int not null check (nth > 0),
  unit_id uuid not null,
  grade int not null check (grade >= 8),
  days int not null check (days >= 0),
  hours int not null check (hours >= 0),
  removed int not null check (removed >= 0),
  reason text check (length(reason) between 1 and 4000),
  certified_by uuid,
  certified_at timestamptz not null default now(),
  check ((nth = 1) <= (reason is null)),
  check ((nth > 1) <= (reason is not null)),
  primary key (child_id, school_year, nth)
);

-- Seats at schools that whoever asks leads, never their own child's (GUA-24); and the pupils of these, whichever school they were at.
create function school_seats_led() returns text[] language sql stable as $$
  select coalesce(array_agg(seat), '{}') from unnest(leave_seats_led()) as seat
  join access.unit on unit.unit_id = split_part(seat, ':', 2)::uuid and unit.kind = 'SCHOOL'
$$;
create function pupils_led() returns uuid[] language sql stable as $$
  select coalesce(array_agg(split_part(seat, ':', 1)::uuid), '{}') from unnest(school_seats_led()) as seat
$$;

do $$
declare
  name text;
begin
  foreach name in array array['group_grade', 'health_note', 'removal_request', 'absence_certificate'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
  end loop;
  foreach name in array array['health_note', 'removal_request', 'absence_certificate'] loop
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select access.children())::uuid[]))', name);
    execute format('create policy of_the_leader on %I for select to {{request}} using (
      child_id = any ((select pupils_led())::uuid[]))', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
  end loop;
end $$;

create policy everyone on group_grade for select to {{request}} using (true);
create policy by_the_leader on group_grade for insert to {{request}} with check (
  unit_id = any ((select led_units())::uuid[]) and set_by = (select access.person()));
create policy by_the_leader_still on group_grade for update to {{request}} using (
  unit_id = any ((select led_units())::uuid[]) and unit_id = any ((select units_open())::uuid[]));
create policy by_the_leader on health_note for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select school_seats_led())::text[]) and accepted_by = (select access.person()));
create policy by_the_leader_still on health_note for update to {{request}} using (
  child_id = any ((select pupils_led())::uuid[]) and withdrawn_at is null)
  with check (withdrawn_by = (select access.person()));
create policy by_a_guardian on removal_request for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and requested_by = (select access.person()));
create policy by_the_leader on removal_request for update to {{request}} using (
  child_id = any ((select pupils_led())::uuid[]) and outcome is null)
  with check (decided_by = (select access.person()) and outcome is not null);
create policy by_the_leader on absence_certificate for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select school_seats_led())::text[]) and certified_by = (select access.person()));

grant select on group_grade, health_note, removal_request, absence_certificate to {{request}};
grant insert (group_id, school_year, unit_id, grade, set_by), update (grade, set_by) on group_grade to {{request}};
grant insert (id, child_id, unit_id, from_day, to_day, is_chronic, accepted_by), update (withdrawn_by, withdrawn_at)
  on health_note to {{request}};
grant insert (id, child_id, unit_id, school_year, with_causes, requested_by), update (outcome, reason, decided_by, decided_at)
  on removal_request to {{request}};
grant insert (child_id, school_year, nth, unit_id, grade, days, hours, removed, reason, certified_by)
  on absence_certificate to {{request}};

-- At which schools a pupil was in a period, and in which groups: also those that whoever counts its absence has no charge at.
create function pupil_places(child uuid, year_from date, year_to date) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('unitId', e.unit_id, 'groupIds', to_jsonb(e.group_ids), 'from', e.from_day, 'to', e.to_day)
    order by e.from_day, e.unit_id), '[]')
  from access.enrolment e join access.unit on unit.unit_id = e.unit_id and unit.kind = 'SCHOOL'
  where e.child_id = child and child = any (counted_children())
    and e.from_day < year_to and (e.to_day is null or e.to_day > year_from)
$$;
revoke all on function pupil_places(uuid, date, date) from public;
grant execute on function pupil_places(uuid, date, date) to {{request}};

create function erase_person_from_counting(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from health_note where child_id = erased;
  delete from removal_request where child_id = erased;
  delete from absence_certificate where child_id = erased;
  update health_note set accepted_by = null where accepted_by = erased;
  update health_note set withdrawn_by = null where withdrawn_by = erased;
  update removal_request set requested_by = null where requested_by = erased;
  update removal_request set decided_by = null where decided_by = erased;
  update absence_certificate set certified_by = null where certified_by = erased;
  update group_grade set set_by = null where set_by = erased;
$$;
revoke all on function erase_person_from_counting(uuid) from public;
grant execute on function erase_person_from_counting(uuid) to {{worker}};
