-- What was said of a day before it was corrected or taken back, by whom that was done and when (ABS-03). With the cause in it, it is for
-- those of the staff who may read causes; added by the table itself, whoever changes it, and by nobody else.
create table absence_change (
  nth bigint generated always as identity primary key,
  absence_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('CORRECTED', 'WITHDRAWN')),
  -- Before. Null also once it has been forgotten.
  cause text check (cause in ('SICK', 'DAY_OFF', 'LEAVE', 'APPOINTMENT', 'OTHER')),
  arrives_at time,
  leaves_at time,
  -- Null: by the service itself, as by leave that was granted; or once they have been erased (RET-08).
  changed_by uuid,
  changed_at timestamptz not null default now(),
  foreign key (absence_id, child_id, unit_id) references absence (id, child_id, unit_id) on delete cascade
);
create index absence_change_absence on absence_change (absence_id);
create index absence_change_by on absence_change (changed_by);

alter table absence_change enable row level security;
alter table absence_change force row level security;
create policy of_the_owner on absence_change to {{owner}} using (true) with check (true);
create policy of_the_staff on absence_change for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[])
  and (unit_id = any ((select cause_units())::uuid[]) or child_id || ':' || unit_id = any ((select cause_seats())::text[])));
create policy unless_hidden on absence_change as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
grant select on absence_change to {{request}};

-- Before what others had said of the day takes its place: the name says the order.
create function keep_absence_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into absence_change (absence_id, child_id, unit_id, kind, cause, arrives_at, leaves_at, changed_by)
  select old.id, old.child_id, old.unit_id,
    case when new.withdrawn_at is distinct from old.withdrawn_at then 'WITHDRAWN' else 'CORRECTED' end,
    (select cause from absence_cause where absence_id = old.id), old.arrives_at, old.leaves_at, access.person();
  return null;
end $$;
revoke all on function keep_absence_change() from public;
create trigger absence_keeps_change after update of corrected_at, withdrawn_at on absence for each row
  when (new.corrected_at is distinct from old.corrected_at or (old.withdrawn_at is null and new.withdrawn_at is not null))
  execute function keep_absence_change();

-- A cause is health data, and is forgotten before its day is (ABS-04): but for leave that was granted. Of a bounded number at a time.
create policy forgotten on absence_cause for delete to {{owner}} using (cause <> 'LEAVE');
create function forget_causes(before date, schools_before date, most int) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten int;
begin
  with old as materialized (
    select cause.absence_id from absence_cause cause
    join absence on absence.id = cause.absence_id and absence.leave_id is null
    left join access.unit on unit.unit_id = absence.unit_id
    where cause.cause <> 'LEAVE'
      and absence.day < case when unit.kind in ('KINDERGARTEN', 'AFTER_SCHOOL') then before else schools_before end
    limit most
  )
  delete from absence_cause using old where absence_cause.absence_id = old.absence_id;
  get diagnostics forgotten = row_count;
  update absence_repeat repeat set cause = null
  from absence left join access.unit on unit.unit_id = absence.unit_id
  where absence.id = repeat.absence_id and repeat.cause is not null
    and absence.day < case when unit.kind in ('KINDERGARTEN', 'AFTER_SCHOOL') then before else schools_before end;
  update absence_change change set cause = null
  from absence left join access.unit on unit.unit_id = absence.unit_id
  where absence.id = change.absence_id and change.cause is not null and change.cause <> 'LEAVE'
    and absence.day < case when unit.kind in ('KINDERGARTEN', 'AFTER_SCHOOL') then before else schools_before end;
  return forgotten;
end $$;
revoke all on function forget_causes(date, date, int) from public;
grant execute on function forget_causes(date, date, int) to {{worker}};

create or replace function erase_person_from_asking(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from still_sick where child_id = erased;
  delete from days_feed where erased in (person_id, child_id);
  delete from holiday_answer where child_id = erased;
  update holiday_answer set answered_by = null where answered_by = erased;
  update holiday_survey set opened_by = null where opened_by = erased;
  update absence_change set changed_by = null where changed_by = erased;
$$;
