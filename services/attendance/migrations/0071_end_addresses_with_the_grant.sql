-- The address at which a child's days are read stands for as long as the grant under which it was made: a right that comes back is
-- another grant, and the old address does not live again (GUA-06), whether anybody has read at it meanwhile or not.
-- An address that was made before has none, and is made anew.
alter table days_feed add column grant_id uuid;

create function own_grants() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(grant_id), '{}') from access.guardian where person_id = access.person()
$$;
revoke all on function own_grants() from public;
grant execute on function own_grants() to {{request}};

create policy under_its_grant on days_feed as restrictive for select to {{request}} using (
  grant_id = any ((select own_grants())::uuid[]));
