-- Who is protected is nobody's to list. Policies ask for as much of it as whoever asks has to do with: their own children, and for those who work
-- with admission the children whom they do not meet, or see to by hand (ADR-02, ADR-03, ADR-04, S-12).
create function works_with_admission() returns boolean language sql stable
  as $$
    select array['CASE_WORKER', 'PROTECTION_OFFICER'] && (select access.municipal())::text[] or cardinality(led_units()) > 0
  $$;
create or replace function children_case_workers_do_not_meet() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when works_with_admission() then children_kept_apart() || own_children() else '{}' end
$$;
create or replace function children_of_officers() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(child), '{}') from unnest(children_kept_apart()) as child
  where 'PROTECTION_OFFICER' = any ((select access.municipal())::text[])
    and child <> all ((select own_children())::uuid[])
$$;
create function own_children_kept_apart() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(child), '{}') from unnest(children_kept_apart()) as child
  where child = any ((select responsible_children())::uuid[])
$$;
-- Those among some children, of whom whoever asks may know it.
create function kept_apart_among(children uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(child), '{}') from unnest(children) as child
  where is_kept_apart(child) and (works_with_admission() or child = any ((select responsible_children())::uuid[]))
$$;
revoke all on function children_case_workers_do_not_meet(), children_of_officers(), own_children_kept_apart(), kept_apart_among(uuid[])
  from public;
grant execute on function children_case_workers_do_not_meet(), children_of_officers(), own_children_kept_apart(), kept_apart_among(uuid[])
  to {{request}}, {{worker}};

alter policy of_a_guardian on application_guardian using (
  child_id = any ((select responsible_children())::uuid[])
  and (drafted_under is null or drafted_under = any ((select grants_to_apply_under())::uuid[]))
  and (person_id = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
alter policy of_a_guardian on application_receipt using (
  child_id = any ((select responsible_children())::uuid[])
  and (received_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
alter policy of_a_guardian on application_withdrawal using (
  child_id = any ((select responsible_children())::uuid[])
  and (withdrawn_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
alter policy of_a_guardian on offer_ending using (
  child_id = any ((select responsible_children())::uuid[])
  and (ended_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
alter policy of_a_guardian on resignation using (
  child_id = any ((select responsible_children())::uuid[])
  and (resigned_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
alter policy of_a_guardian_alone on appeal using (
  child_id <> all ((select own_children_kept_apart())::uuid[]) or appealed_by = (select access.person())
  or child_id = any ((select children_of_officers())::uuid[]));
alter policy of_a_guardian on reduced_payment using (
  child_id = any ((select responsible_children())::uuid[])
  and (applied_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
revoke execute on function children_kept_apart(), is_kept_apart(uuid) from {{request}};

-- Whose it is is asked first: that something of a child is hidden is for those who see the rest of it.
create or replace function is_any_offer_hidden(of_child uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (of_child = any ((select responsible_children() || children_of_officers())::uuid[])
      or ('CASE_WORKER' = any ((select access.municipal())::text[])
        and of_child <> all ((select children_case_workers_do_not_meet())::uuid[])))
    and exists (
      select from offer where child_id = of_child and unit_id = any ((select units_hidden())::uuid[])
      union all
      select from place where child_id = of_child and unit_id = any ((select units_hidden())::uuid[])
      union all
      select from waiting_entry where child_id = of_child and unit_id = any ((select units_hidden())::uuid[]))
$$;

-- Seats after a round has opened are decided on with a reason (BHG-25).
create policy with_a_reason on seat_change as restrictive for insert to {{request}} with check (reason is not null);
