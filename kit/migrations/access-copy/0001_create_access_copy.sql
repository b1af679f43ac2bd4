-- What identity has told about who may see whom. Written by the consumer alone; read by requests through row-level
-- security, as far as it concerns the person who asks.
create schema access;
grant usage on schema access to {{service}}, {{request}}, {{worker}};

create table access.copy_state (
  is_only boolean primary key default true check (is_only),
  -- Seq of the last event of identity that has been taken in.
  position bigint not null default 0,
  -- False from a gap until a snapshot has filled it: nothing is answered meanwhile.
  is_whole boolean not null default true,
  -- Identity's clock when it last proved that the copy had everything; our clock when we heard it.
  as_of timestamptz,
  verified_at timestamptz,
  snapshot_id uuid
);
insert into access.copy_state default values;

-- Newest revision taken in for each fact, so that an older one never overwrites it (S-24).
create table access.fact (
  kind text not null,
  subject_id uuid not null,
  revision bigint not null,
  snapshot_id uuid,
  primary key (kind, subject_id)
);

create table access.guardian (
  child_id uuid not null,
  person_id uuid not null,
  grant_id uuid not null,
  ground text not null,
  primary key (child_id, person_id)
);
create index guardian_person on access.guardian (person_id);

create table access.enrolment (
  enrolment_id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  group_ids uuid[] not null,
  from_day date not null,
  to_day date
);
create index enrolment_child on access.enrolment (child_id);
create index enrolment_unit on access.enrolment (unit_id);

create table access.staff_role (
  role_id uuid primary key,
  person_id uuid not null,
  role text not null,
  unit_id uuid not null,
  group_id uuid,
  from_day date not null,
  to_day date
);
create index staff_role_person on access.staff_role (person_id);

create table access.unit (
  unit_id uuid primary key,
  kind text not null,
  is_active boolean not null
);

-- Who asks, and what they have a ground for, for the length of a transaction. Unset reads as nothing.
create function access.person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function access.children() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.children', true), '')::uuid[], '{}') $$;
create function access.units() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.units', true), '')::uuid[], '{}') $$;
create function access.seat_children() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.seat_children', true), '')::uuid[], '{}') $$;
-- A seat is a child at a unit, as `child:unit`: a role in one group says nothing of the same child elsewhere.
create function access.seats() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.seats', true), '')::text[], '{}') $$;

-- Opens a request: states who asks and works out what they have a ground for. Answers false, and leaves everything
-- closed, when the copy cannot prove that it is younger than max_age (S-04).
create function access.enter(who uuid, capacity text, max_age interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  today constant date := (now() at time zone 'Europe/Oslo')::date;
  is_fresh boolean;
begin
  perform set_config('app.person', coalesce(who::text, ''), true), set_config('app.children', '', true),
          set_config('app.units', '', true), set_config('app.seat_children', '', true), set_config('app.seats', '', true);
  select s.is_whole and s.as_of > now() - max_age and s.verified_at > now() - max_age
    into is_fresh from access.copy_state s;
  if is_fresh is not true then
    return false;
  end if;
  if capacity = 'guardian' then
    perform set_config('app.children', coalesce(array_agg(g.child_id), '{}')::text, true)
      from access.guardian g where g.person_id = who;
  elsif capacity = 'staff' then
    perform set_config('app.units', coalesce(array_agg(distinct r.unit_id), '{}')::text, true)
      from access.staff_role r
      where r.person_id = who and r.group_id is null and r.from_day <= today and (r.to_day is null or today < r.to_day);
    perform set_config('app.seats', coalesce(array_agg(distinct e.child_id || ':' || e.unit_id), '{}')::text, true),
            set_config('app.seat_children', coalesce(array_agg(distinct e.child_id), '{}')::text, true)
      from access.staff_role r
      join access.enrolment e on e.unit_id = r.unit_id and r.group_id = any(e.group_ids)
      where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day)
        and e.from_day <= today and (e.to_day is null or today < e.to_day);
  end if;
  return true;
end $$;
revoke all on function access.enter(uuid, text, interval) from public;
grant execute on function access.enter(uuid, text, interval) to {{service}};

do $$
declare
  name text;
begin
  foreach name in array array['copy_state', 'fact', 'guardian', 'enrolment', 'staff_role', 'unit'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('alter table access.%I force row level security', name);
    execute format('create policy of_the_service on access.%I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on access.%I to {{worker}}', name);
    -- access.enter runs as the owner, which is bound by row-level security like everybody else.
    execute format('create policy of_enter on access.%I for select to {{owner}} using (true)', name);
  end loop;
end $$;

create policy own on access.guardian for select to {{request}} using (person_id = (select access.person()));
create policy own on access.staff_role for select to {{request}} using (person_id = (select access.person()));
create policy grounded on access.enrolment for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  or unit_id = any ((select access.units())::uuid[])
  or (child_id = any ((select access.seat_children())::uuid[]) and child_id || ':' || unit_id = any ((select access.seats())::text[])));
create policy everyone on access.unit for select to {{request}} using (true);
grant select on access.guardian, access.staff_role, access.enrolment, access.unit to {{request}};
