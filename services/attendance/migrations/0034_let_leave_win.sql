-- Granted leave wins over what was reported of its days: a report stands for nothing any more, and stays as its own trace.
create policy yields_to_leave on absence for update to {{owner}} using (leave_id is null and withdrawn_at is null)
  with check (leave_id is null and withdrawn_at is not null);
create function yield_to_leave(of_leave uuid, slots jsonb) returns table (id uuid, child_id uuid, unit_id uuid, day date)
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update absence set withdrawn_at = now()
  from leave, jsonb_to_recordset(slots) as slot("unitId" uuid, day date)
  where leave.id = of_leave and leave.state = 'GRANTED'
    and absence.child_id = leave.child_id and absence.unit_id = slot."unitId" and absence.day = slot.day
    and absence.leave_id is null and absence.withdrawn_at is null
  returning absence.id, absence.child_id, absence.unit_id, absence.day
$$;
revoke all on function yield_to_leave(uuid, jsonb) from public;
grant execute on function yield_to_leave(uuid, jsonb) to {{worker}};
