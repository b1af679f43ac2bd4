-- Who of the staff may see a protected child, and on which days; null where the child is open to whoever has it in their
-- charge (ADR-10). Beside the place itself, so that no copy ever has the one without the other.
alter table access.enrolment add column named_staff jsonb;

create function access.is_named(named_staff jsonb, who uuid, today date) returns boolean language sql stable parallel safe
  as $$
    select exists (
      select from jsonb_to_recordset(named_staff) as named("personId" uuid, "from" date, "to" date)
      where named."personId" = who and named."from" <= today and today < named."to")
  $$;

-- Seats are those of every role now, also of one for a whole unit: a unit alone says nothing of who is there today, and a
-- leader would have read what was of former pupils (S-12).
create or replace function access.enter(who uuid, capacity text, max_age interval) returns boolean
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
    perform set_config('app.seats', coalesce(array_agg(s.child_id || ':' || s.unit_id), '{}')::text, true),
            set_config('app.seat_children', coalesce(array_agg(s.child_id), '{}')::text, true)
      from (
        select distinct e.child_id, e.unit_id from access.staff_role r
        join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
        where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day)
          and e.from_day <= today and (e.to_day is null or today < e.to_day)
          and (e.named_staff is null or access.is_named(e.named_staff, who, today))) as s;
  end if;
  return true;
end $$;

drop policy grounded on access.enrolment;
create policy grounded on access.enrolment for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  or (child_id = any ((select access.seat_children())::uuid[]) and child_id || ':' || unit_id = any ((select access.seats())::text[])));

-- What a copy has been told so far says nothing of protection: until all of it is told anew, it is closed.
-- The owner is bound by row-level security like everybody else, and would change nothing.
create policy of_this_migration on access.copy_state for update to {{owner}} using (true) with check (true);
update access.copy_state set is_whole = false where position > 0;
drop policy of_this_migration on access.copy_state;
