-- Shared tablets (T16, W03). One is made by the unit's leader, who is shown a code once; whoever types it in pairs the device, which then has a
-- secret of its own. Of both, hashes alone lie here. The row stays when the tablet is unpaired, as the trace of it.
create table tablet (
  tablet_id uuid primary key,
  unit_id uuid not null references unit,
  name text not null check (char_length(name) between 1 and 60),
  code_hash bytea unique,
  code_ends_at timestamptz,
  secret_hash bytea unique,
  made_by uuid references person on delete set null,
  made_at timestamptz not null,
  paired_at timestamptz,
  last_seen_at timestamptz,
  ends_at timestamptz not null,
  unpaired_at timestamptz,
  unpaired_by uuid references person on delete set null,
  check (num_nonnulls(code_hash, secret_hash) <= 1),
  check (unpaired_at is null or num_nonnulls(code_hash, secret_hash) = 0)
);
create index tablet_unit on tablet (unit_id);
create index tablet_made_by on tablet (made_by);
create index tablet_unpaired_by on tablet (unpaired_by);

-- The PIN that somebody of the staff has set for themself: as good as nothing without the key that it is hashed with, nor with it fast.
create table staff_pin (
  person_id uuid primary key references person on delete cascade,
  salt bytea not null check (octet_length(salt) = 16),
  hash bytea not null check (octet_length(hash) = 32),
  set_at timestamptz not null,
  failures int not null default 0,
  locked_until timestamptz
);

do $$
declare
  name text;
begin
  foreach name in array array['tablet', 'staff_pin'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    -- What a device does by its secret, it does in nobody's name.
    execute format('create policy by_itself on %I for update to {{worker}} using ((select access.person()) is null)', name);
  end loop;
end $$;
create policy of_the_leader on tablet for select to {{request}} using (unit_id = any ((select access.led_units())::uuid[]));
create policy by_the_leader on tablet for insert to {{worker}} with check (
  unit_id = any ((select access.led_units())::uuid[]) and made_by = (select access.staff()) and secret_hash is null);
create policy unpaired_by_the_leader on tablet for update to {{worker}} using (unit_id = any ((select access.led_units())::uuid[]))
  with check (unpaired_by = (select access.staff()) and unpaired_at is not null);
grant select (tablet_id, unit_id, name, made_at, paired_at, last_seen_at, ends_at, unpaired_at, code_ends_at) on tablet to {{request}};
grant select, insert, update on tablet to {{worker}};
create policy by_oneself on staff_pin for insert to {{worker}} with check (person_id = (select access.staff()));
create policy anew_by_oneself on staff_pin for update to {{worker}} using (person_id = (select access.staff()));
create policy forgotten on staff_pin for delete to {{worker}} using ((select access.person()) is null);
grant select, insert, update, delete on staff_pin to {{worker}};

-- The same as the copies of others have (kit/migrations/access-copy/0011): somebody at a tablet is nobody to all policies but those
-- that name a tablet. Here it is known whether there is such a tablet.
create function access.tablet() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet', true), '')::uuid $$;
create function access.tablet_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet_person', true), '')::uuid $$;
create function access.tablet_unit() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet_unit', true), '')::uuid $$;
create function access.tablet_children() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.tablet_children') $$;
create function access.enter_at_tablet(who uuid, at_unit uuid, at_tablet uuid, max_age interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
begin
  perform set_config(name, '', true)
    from unnest(array['app.tablet', 'app.tablet_person', 'app.tablet_unit', 'app.tablet_children']) as name;
  perform access.enter(null, 'tablet', max_age);
  if not exists (
    select from tablet t where t.tablet_id = at_tablet and t.unit_id = at_unit and t.secret_hash is not null and now() < t.ends_at) then
    return true;
  end if;
  perform set_config('app.tablet', at_tablet::text, true), set_config('app.tablet_person', who::text, true),
          set_config('app.tablet_unit', at_unit::text, true);
  perform set_config('app.tablet_children', coalesce(array_agg(distinct e.child_id), '{}')::text, true)
    from staff_role r
    join enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    join case_file c on c.child_id = e.child_id
    where r.person_id = who and r.unit_id = at_unit and r.from_day <= today and (r.to_day is null or today < r.to_day)
      and e.from_day <= today and (e.to_day is null or today < e.to_day)
      and (c.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG') or is_named(e.child_id, who, c.protection, today));
  return true;
end $$;
revoke all on function access.enter_at_tablet(uuid, uuid, uuid, interval) from public;
grant execute on function access.enter_at_tablet(uuid, uuid, uuid, interval) to {{service}};

-- The unit, the names of the children on its board, and what it takes to know that they are on it.
create policy at_a_tablet on unit for select to {{request}} using (unit_id = (select access.tablet_unit()));
create policy at_a_tablet on person for select to {{request}} using (person_id = any ((select access.tablet_children())::uuid[]));
create policy at_a_tablet on staff_role for select to {{request}} using (
  person_id = (select access.tablet_person()) and unit_id = (select access.tablet_unit()));
create policy at_a_tablet on enrolment for select to {{request}} using (
  child_id = any ((select access.tablet_children())::uuid[]) and unit_id = (select access.tablet_unit()));
create policy at_a_tablet on case_file for select to {{request}} using (child_id = any ((select access.tablet_children())::uuid[]));
create policy at_a_tablet on staff_naming for select to {{request}} using (
  person_id = (select access.tablet_person()) and child_id = any ((select access.tablet_children())::uuid[]));

-- What is read at a tablet is read by the person, and the log says at which (S-11).
alter table staff_read add column tablet_id uuid;
alter table access_log add column tablet_id uuid;
alter policy own on staff_read with check (reader_id = (select access.staff()) and tablet_id is null);
create policy at_a_tablet on staff_read for insert to {{request}} with check (
  reader_id = (select access.tablet_person()) and tablet_id = (select access.tablet()));
grant insert (tablet_id) on staff_read to {{request}};
