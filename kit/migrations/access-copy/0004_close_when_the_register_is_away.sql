-- Until when what the population register said of guardians counts, as identity's heartbeat says; null: it does not (GUA-01).
alter table access.copy_state add column guardians_until timestamptz;

-- Whether anybody of a capacity is answered at all. Guardians are not when identity has not heard of the register for long.
create function access.answers_to(capacity text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select capacity is distinct from 'guardian' or coalesce((select now() < guardians_until from access.copy_state), false)
  $$;
revoke all on function access.answers_to(text) from public;
grant execute on function access.answers_to(text) to {{service}}, {{request}}, {{worker}};
