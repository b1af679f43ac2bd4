-- A decision on leave has a letter, the same for each guardian and opened by each for themself (ADM-03).
create table leave_letter (
  decision_id uuid primary key,
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  opened_at timestamptz,
  unique (leave_id, person_id),
  foreign key (leave_id, child_id, unit_id) references leave (id, child_id, unit_id) on delete cascade
);
alter table leave_letter enable row level security;
alter table leave_letter force row level security;
create policy of_the_owner on leave_letter to {{owner}} using (true) with check (true);
create policy of_the_service on leave_letter to {{worker}} using (true) with check (true);
create policy of_its_reader on leave_letter for select to {{request}} using (
  person_id = (select access.person()) and child_id = any ((select access.children())::uuid[]));
create policy unless_hidden on leave_letter as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
grant select on leave_letter to {{request}};
grant select, insert, update (opened_at) on leave_letter to {{worker}};

-- The letter itself is the service's to write; whoever decides has written its reasons.
create policy of_the_service on leave_text for insert to {{worker}} with check (part = 'LETTER' and written_by is null);
grant insert (id, leave_id, child_id, unit_id, decider, kind, part, body) on leave_text to {{worker}};

-- What granted leave makes of the child's days, at the school and, as its guardian chose, at its after-school unit (LEA-05). Where an
-- absence is reported already, that stands. The service's own work sees no absence otherwise.
create policy of_leave on absence for insert to {{owner}} with check (leave_id is not null);
create policy of_leave on absence_cause for insert to {{owner}} with check (cause = 'LEAVE');
create policy leave_withdrawn on absence for update to {{owner}} using (leave_id is not null)
  with check (leave_id is not null and withdrawn_at is not null);

create function keep_leave_absences(of_leave uuid, slots jsonb) returns table (id uuid, child_id uuid, unit_id uuid, day date)
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with made as (
    insert into absence (id, child_id, unit_id, day, reported_by, correlation_id, leave_id)
    select slot.id, leave.child_id, slot."unitId", slot.day, leave.applied_by, leave.id, leave.id
    from leave, jsonb_to_recordset(slots) as slot(id uuid, "unitId" uuid, day date)
    where leave.id = of_leave and leave.state = 'GRANTED'
    on conflict do nothing
    returning absence.id, absence.child_id, absence.unit_id, absence.day),
  caused as (
    insert into absence_cause (absence_id, child_id, unit_id, cause) select made.id, made.child_id, made.unit_id, 'LEAVE' from made)
  select made.id, made.child_id, made.unit_id, made.day from made
$$;
create function withdraw_leave_absences(of_leave uuid, from_day date) returns table (id uuid, child_id uuid, unit_id uuid, day date)
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update absence set withdrawn_at = now()
  where leave_id = of_leave and absence.day >= from_day and withdrawn_at is null
  returning absence.id, absence.child_id, absence.unit_id, absence.day
$$;
revoke all on function keep_leave_absences(uuid, jsonb), withdraw_leave_absences(uuid, date) from public;
grant execute on function keep_leave_absences(uuid, jsonb), withdraw_leave_absences(uuid, date) to {{worker}};

create or replace function erase_person_from_leave(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from leave where child_id = erased;
  update leave set applied_by = null where applied_by = erased;
  update leave_text set written_by = null where written_by = erased;
  delete from leave_objection where objected_by = erased;
  update leave_decision set decided_by = null where decided_by = erased;
  update leave_withdrawal set withdrawn_by = null where withdrawn_by = erased;
  delete from leave_letter where person_id = erased;
$$;
