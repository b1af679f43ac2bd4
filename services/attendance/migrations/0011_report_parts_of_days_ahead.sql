-- One act may report several children, units and days: a row for each, under one correlation id (ABS-15).
alter table absence
  add column correlation_id uuid not null default uuidv7(),
  -- Both null: away for the whole day. Neutral times, which make nobody ill (T13).
  add column arrives_at time,
  add column leaves_at time,
  -- Reported after the unit's cut-off (ABS-13).
  add column is_late boolean not null default false,
  -- Last changed by whoever reported, or the other guardian.
  add column corrected_at timestamptz,
  -- Taken back. The row stays as its own trace, and stands for nothing any more.
  add column withdrawn_at timestamptz,
  -- What granted leave made the row; its cause is LEAVE (LEA-05). Null for what was reported.
  add column leave_id uuid,
  alter column idempotency_key drop not null;
create index absence_correlation on absence (correlation_id);
create index absence_leave on absence (leave_id) where leave_id is not null;

-- Once per child, unit and day among those that stand (S-22).
alter table absence drop constraint absence_child_id_unit_id_day_key;
create unique index absence_child_id_unit_id_day_key on absence (child_id, unit_id, day) where withdrawn_at is null;
create index absence_child_day on absence (child_id, day);

grant insert (correlation_id, arrives_at, leaves_at, is_late) on absence to {{request}};
