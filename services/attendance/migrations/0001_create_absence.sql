-- A child is away from a unit for a day. Once per child, unit and day, whoever reports it and however often (S-22).
create table absence (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  day date not null,
  reported_by uuid not null,
  reported_at timestamptz not null default now(),
  -- The reporter's own key for the report, so that sending it again is no second report.
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (child_id, unit_id, day),
  unique (reported_by, idempotency_key),
  unique (id, child_id, unit_id)
);
create index absence_unit_day on absence (unit_id, day);

-- Why, apart from the fact itself: it is health data, and fewer may read it (ABS-04). Row-level security hides rows and
-- not columns, so that a cause which may not be read has to be a row of its own.
create table absence_cause (
  absence_id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  cause text not null check (cause in ('SICK', 'DAY_OFF', 'LEAVE', 'APPOINTMENT', 'OTHER')),
  foreign key (absence_id, child_id, unit_id) references absence (id, child_id, unit_id) on delete cascade
);

-- Whole units, and seats, at which whoever asks holds a role today that may read causes. Both stay within what
-- access.enter has found for this request, and run once for a query.
create function cause_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(r.unit_id), '{}') from access.staff_role r
    where r.unit_id = any (access.units()) and r.group_id is null and r.role in ('LEADER', 'AFTER_SCHOOL', 'KINDERGARTEN')
      and r.person_id = access.person()
      and r.from_day <= (now() at time zone 'Europe/Oslo')::date
      and (r.to_day is null or (now() at time zone 'Europe/Oslo')::date < r.to_day)
  $$;
create function cause_seats() returns text[] language sql stable
  as $$
    select coalesce(array_agg(e.child_id || ':' || e.unit_id), '{}')
    from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and r.group_id = any (e.group_ids)
    where e.child_id || ':' || e.unit_id = any (access.seats())
      and r.role in ('LEADER', 'CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN')
      and r.person_id = access.person()
      and r.from_day <= (now() at time zone 'Europe/Oslo')::date
      and (r.to_day is null or (now() at time zone 'Europe/Oslo')::date < r.to_day)
      and e.from_day <= (now() at time zone 'Europe/Oslo')::date
      and (e.to_day is null or (now() at time zone 'Europe/Oslo')::date < e.to_day)
  $$;

alter table absence enable row level security;
alter table absence force row level security;
alter table absence_cause enable row level security;
alter table absence_cause force row level security;

create policy of_a_guardian on absence for select to {{request}} using (
  child_id = any ((select access.children())::uuid[]));
create policy of_the_staff on absence for select to {{request}} using (
  unit_id = any ((select access.units())::uuid[])
  or child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_a_guardian on absence for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and reported_by = (select access.person()));

create policy of_a_guardian on absence_cause for select to {{request}} using (
  child_id = any ((select access.children())::uuid[]));
create policy of_the_staff on absence_cause for select to {{request}} using (
  unit_id = any ((select cause_units())::uuid[])
  or child_id || ':' || unit_id = any ((select cause_seats())::text[]));
create policy by_a_guardian on absence_cause for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]));

grant select on absence, absence_cause to {{request}};
grant insert (id, child_id, unit_id, day, reported_by, idempotency_key) on absence to {{request}};
grant insert on absence_cause to {{request}};
