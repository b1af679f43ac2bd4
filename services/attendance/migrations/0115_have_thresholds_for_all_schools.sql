-- A municipality says once for all of its schools from which absence on they look at a pupil (ABS-18): a threshold of no unit. It holds where
-- a school has none of its own.
alter table threshold alter column unit_id drop not null;

create policy of_all_schools on threshold for select to {{request}} using (
  unit_id is null and (select staffed_units())::uuid[] <> '{}');
create policy of_the_administrator on threshold for select to {{request}} using (
  unit_id is null and 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy by_the_administrator on threshold for insert to {{request}} with check (
  unit_id is null and 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy by_the_administrator_still on threshold for update to {{request}} using (
  unit_id is null and 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
drop policy while_open on threshold;
create policy while_open on threshold as restrictive for insert to {{request}} with check (
  unit_id is null or unit_id = any ((select units_open())::uuid[]));

create or replace function look_at_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from threshold where unit_id = new.unit_id and ended_at is null)
    or (exists (select from threshold where unit_id is null and ended_at is null)
      and exists (select from access.unit where unit_id = new.unit_id and kind = 'SCHOOL')) then
    insert into threshold_look (child_id, unit_id, look_on) values (new.child_id, new.unit_id, new.day)
    on conflict (child_id, unit_id, look_on) do update set look_at = null;
  end if;
  return null;
end $$;

-- Two schools of a pupil on one day may both reach the same one.
alter table threshold_alert drop constraint threshold_alert_child_id_threshold_id_raised_on_key,
  add unique (child_id, unit_id, threshold_id, raised_on);
