-- The second lock. A request states who asks; what follows from that is worked out here, on identity's own tables, and
-- every policy compares with those lists and nothing else.
create schema access;
grant usage on schema access to {{service}}, {{request}}, {{worker}};

create function access.uuids(setting text) returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting(setting, true), '')::uuid[], '{}') $$;
create function access.person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
-- The person, when signed in as staff: a guardian's session shows no roles, whoever it is (GUA-24).
create function access.staff() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.staff', true), '')::uuid $$;
create function access.today() returns date language sql stable parallel safe
  as $$ select (now() at time zone 'Europe/Oslo')::date $$;
create function access.children() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.children') $$;
create function access.units() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.units') $$;
create function access.seat_children() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.seat_children') $$;
-- A seat is a child at a unit, as `child:unit`: a role in one group says nothing of the same child elsewhere.
create function access.seats() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.seats', true), '')::text[], '{}') $$;
-- Children that staff have in their charge today, by unit or by group.
create function access.charges() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.charges') $$;
create function access.persons() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.persons') $$;
create function access.seen_units() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.seen_units') $$;
create function access.seen_groups() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.seen_groups') $$;

-- The same question that other services put to their copies. Always fresh here: this is what the copies are made from.
create function access.enter(who uuid, capacity text, max_age interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
  own uuid[] := '{}';
  wide uuid[] := '{}';
  charged uuid[] := '{}';
begin
  perform set_config(name, '', true) from unnest(array[
    'app.staff', 'app.children', 'app.units', 'app.seat_children', 'app.seats', 'app.charges', 'app.seen_units',
    'app.seen_groups']) as name;
  perform set_config('app.person', coalesce(who::text, ''), true),
          set_config('app.persons', case when who is null then '' else '{' || who || '}' end, true);
  if capacity = 'guardian' then
    select coalesce(array_agg(distinct g.child_id), '{}') into own from access_grant g
      where g.person_id = who and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on);
    perform set_config('app.children', own::text, true);
    -- A protected guardian is nobody to the other one (ADR-19).
    perform set_config('app.persons', (select array_agg(p) from (
      select who union select unnest(own) union
      select g.person_id from access_grant g join person a on a.person_id = g.person_id
        where g.child_id = any (own) and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on)
          and a.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')) as seen (p))::text, true);
    perform set_config('app.seen_units', coalesce(array_agg(distinct e.unit_id), '{}')::text, true),
            set_config('app.seen_groups', coalesce(array_agg(distinct g.group_id) filter (where g.group_id is not null), '{}')::text, true)
      from enrolment e left join lateral unnest(e.group_ids) as g (group_id) on true
      where e.child_id = any (own) and (e.to_day is null or today < e.to_day);
  elsif capacity = 'staff' then
    perform set_config('app.staff', coalesce(who::text, ''), true);
    select coalesce(array_agg(distinct r.unit_id), '{}') into wide from staff_role r
      where r.person_id = who and r.group_id is null and r.from_day <= today and (r.to_day is null or today < r.to_day);
    perform set_config('app.units', wide::text, true);
    perform set_config('app.seats', coalesce(array_agg(distinct e.child_id || ':' || e.unit_id), '{}')::text, true),
            set_config('app.seat_children', coalesce(array_agg(distinct e.child_id), '{}')::text, true)
      from staff_role r join enrolment e on e.unit_id = r.unit_id and r.group_id = any (e.group_ids)
      where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day)
        and e.from_day <= today and (e.to_day is null or today < e.to_day);
    select coalesce(array_agg(c), '{}') into charged from (
      select e.child_id from enrolment e
        where e.unit_id = any (wide) and e.from_day <= today and (e.to_day is null or today < e.to_day)
      union select unnest(access.seat_children())) as held (c);
    perform set_config('app.charges', charged::text, true);
    perform set_config('app.persons', (select array_agg(p) from (
      select who union select unnest(charged) union
      select g.person_id from access_grant g
        where g.child_id = any (charged) and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on)) as seen (p))::text, true);
    perform set_config('app.seen_units', coalesce(array_agg(distinct r.unit_id), '{}')::text, true) from staff_role r
      where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day);
    perform set_config('app.seen_groups', coalesce(array_agg(distinct s.group_id), '{}')::text, true) from (
      select r.group_id from staff_role r
        where r.person_id = who and r.group_id is not null and r.from_day <= today and (r.to_day is null or today < r.to_day)
      union select g.group_id from child_group g where g.unit_id = any (wide)
      union select unnest(e.group_ids) from enrolment e
        where e.child_id = any (access.seat_children()) and e.child_id || ':' || e.unit_id = any (access.seats())
          and e.from_day <= today and (e.to_day is null or today < e.to_day)) as s (group_id);
  end if;
  return true;
end $$;
revoke all on function access.enter(uuid, text, interval) from public;
grant execute on function access.enter(uuid, text, interval) to {{service}};

do $$
declare
  name text;
begin
  foreach name in array array[
    'person', 'person_number', 'sign_in', 'staff_login', 'unit', 'child_group', 'enrolment', 'staff_role', 'responsibility',
    'access_grant', 'grant_history', 'work_item', 'roster_import', 'staged_person', 'staged_group', 'staged_member', 'snapshot'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
    -- Foreign keys and access.enter run as the owner, which is bound by row-level security like everybody else.
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
  foreach name in array array['staged_person', 'staged_group', 'staged_member'] loop
    execute format('grant truncate on %I to {{worker}}', name);
  end loop;
end $$;
revoke update, delete on grant_history from {{worker}};

-- A request reads, and only this. Of numbers, entries of the register, history and work items it sees nothing at all.
create policy concerned on person for select to {{request}} using (person_id = any ((select access.persons())::uuid[]));
grant select (person_id, given, middle, family, language, protection) on person to {{request}};

create policy active on access_grant for select to {{request}} using (
  state = 'ACTIVE' and (ends_on is null or ends_on > (select access.today()))
  and person_id = any ((select access.persons())::uuid[])
  and (child_id = any ((select access.children())::uuid[]) or child_id = any ((select access.charges())::uuid[])));
grant select (grant_id, child_id, person_id, ground, state, ends_on) on access_grant to {{request}};

create policy grounded on enrolment for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  or unit_id = any ((select access.units())::uuid[])
  or (child_id = any ((select access.seat_children())::uuid[]) and child_id || ':' || unit_id = any ((select access.seats())::text[])));
create policy seen on unit for select to {{request}} using (unit_id = any ((select access.seen_units())::uuid[]));
create policy seen on child_group for select to {{request}} using (group_id = any ((select access.seen_groups())::uuid[]));
create policy own on staff_role for select to {{request}} using (person_id = (select access.staff()));
grant select on enrolment, staff_role to {{request}};
grant select (unit_id, kind, name, is_active) on unit to {{request}};
grant select (group_id, unit_id, kind, name, is_active) on child_group to {{request}};
