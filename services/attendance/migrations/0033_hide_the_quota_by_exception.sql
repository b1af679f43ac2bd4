-- The quota as it is shown: nothing while the municipality hides any of what it would tell of (X07). Decisions count all of it.
create function leave_quota(child uuid, year_from date, year_to date) returns table (granted int, asked int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select used.granted, used.asked from leave_used(child, year_from, year_to) used
  where not exists (select from leave l where l.child_id = child and l.unit_id = any (units_hidden()))
$$;
revoke all on function leave_quota(uuid, date, date) from public;
grant execute on function leave_quota(uuid, date, date) to {{request}};
