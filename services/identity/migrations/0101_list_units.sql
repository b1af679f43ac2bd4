-- The active units that the open registers list, with what these say: by themselves, or after school by its school, which has no number of its
-- own. Public, whoever asks: a unit that no open register lists is not among them (ADR-04).
create function listed_units() returns table (unit_id uuid, name text, kind text, record jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.unit_id, u.name, u.kind, r.record
  from unit u left join unit p on p.unit_id = u.parent_id
  join unit_register r on r.organisation_number =
    coalesce(u.organisation_number, case when u.kind = 'AFTER_SCHOOL' then p.organisation_number end)
  where u.is_active and (r.record ->> 'isActive')::boolean and (r.record ->> 'isListed')::boolean
$$;
revoke all on function listed_units() from public;
grant execute on function listed_units() to {{request}}, {{worker}};
