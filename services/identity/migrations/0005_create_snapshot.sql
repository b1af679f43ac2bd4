-- The snapshot that is being told, or was told last; kept here so that a killed one goes on (S-21).
create table snapshot (
  is_only boolean primary key default true check (is_only),
  snapshot_id uuid,
  phase text check (phase in ('units', 'roles', 'children')),
  cursor uuid,
  started_at timestamptz,
  completed_at timestamptz
);
insert into snapshot default values;
