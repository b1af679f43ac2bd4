-- A report that granted leave won over stands again when the leave does not (S-20): so it is known which leave that was.
alter table absence add yielded_to uuid references leave on delete set null;
create index absence_yielded_to on absence (yielded_to) where yielded_to is not null;
create policy stands_again on absence for update to {{owner}} using (yielded_to is not null)
  with check (leave_id is null and withdrawn_at is null and yielded_to is null);

-- What granted leave makes of the child's days, and what it wins over. A report that is under way at this very instant is waited for by the
-- unique index, and the leave wins over that as well: in the next round, which sees it.
create function grant_leave_absences(of_leave uuid, slots jsonb)
  returns table (id uuid, child_id uuid, unit_id uuid, day date, stands boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  for round in 1..10 loop
    -- In the order in which reports take them, so that neither waits for the other.
    perform from absence a join leave on leave.id = of_leave and leave.child_id = a.child_id
      join jsonb_to_recordset(slots) as slot("unitId" uuid, day date) on a.unit_id = slot."unitId" and a.day = slot.day
      where a.leave_id is null and a.withdrawn_at is null
      order by a.unit_id, a.day for update of a;
    return query
      update absence set withdrawn_at = now(), yielded_to = of_leave
      from leave, jsonb_to_recordset(slots) as slot("unitId" uuid, day date)
      where leave.id = of_leave and leave.state = 'GRANTED'
        and absence.child_id = leave.child_id and absence.unit_id = slot."unitId" and absence.day = slot.day
        and absence.leave_id is null and absence.withdrawn_at is null
      returning absence.id, absence.child_id, absence.unit_id, absence.day, false;
    return query
      with made as (
        insert into absence (id, child_id, unit_id, day, reported_by, correlation_id, leave_id)
        select slot.id, leave.child_id, slot."unitId", slot.day, leave.applied_by, leave.id, leave.id
        from leave, jsonb_to_recordset(slots) as slot(id uuid, "unitId" uuid, day date)
        where leave.id = of_leave and leave.state = 'GRANTED'
        order by slot."unitId", slot.day
        on conflict do nothing
        returning absence.id, absence.child_id, absence.unit_id, absence.day),
      caused as (
        insert into absence_cause (absence_id, child_id, unit_id, cause)
        select made.id, made.child_id, made.unit_id, 'LEAVE' from made)
      select made.id, made.child_id, made.unit_id, made.day, true from made;
    if not exists (
      select from leave, jsonb_to_recordset(slots) as slot("unitId" uuid, day date)
      where leave.id = of_leave and not exists (
        select from absence a where a.child_id = leave.child_id and a.unit_id = slot."unitId" and a.day = slot.day
          and a.withdrawn_at is null and a.leave_id is not null))
    then
      return;
    end if;
  end loop;
  raise exception 'the days of leave % are reported again and again', of_leave using errcode = 'serialization_failure';
end $$;

-- What leave has made is taken back from a day on, and what it won over there stands again: of several the first, as always (ABS-14).
create function take_back_leave_absences(of_leave uuid, from_day date)
  returns table (id uuid, child_id uuid, unit_id uuid, day date, stands boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    update absence set withdrawn_at = now()
    where leave_id = of_leave and absence.day >= from_day and withdrawn_at is null
    returning absence.id, absence.child_id, absence.unit_id, absence.day, false;
  return query
    update absence set withdrawn_at = null, yielded_to = null
    where absence.id in (
      select distinct on (a.unit_id, a.day) a.id from absence a
      where a.yielded_to = of_leave and a.day >= from_day and not exists (
        select from absence other where other.child_id = a.child_id and other.unit_id = a.unit_id and other.day = a.day
          and other.withdrawn_at is null)
      order by a.unit_id, a.day, a.reported_at, a.id)
    returning absence.id, absence.child_id, absence.unit_id, absence.day, true;
end $$;
revoke all on function grant_leave_absences(uuid, jsonb), take_back_leave_absences(uuid, date) from public;
grant execute on function grant_leave_absences(uuid, jsonb), take_back_leave_absences(uuid, date) to {{worker}};
