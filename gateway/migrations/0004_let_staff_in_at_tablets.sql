-- Sessions at shared tablets: somebody of the staff, let in by a PIN, at the tablet's unit. They end sooner than others, each by its own time.
alter table session
  drop constraint session_kind_check,
  add constraint session_kind_check check (kind in ('guardian', 'staff', 'tablet')),
  add column tablet_id uuid,
  add column unit_id uuid,
  add column idle_seconds integer,
  add check ((kind = 'tablet') = (tablet_id is not null) and (tablet_id is null) = (unit_id is null));
create index session_tablet on session (tablet_id) where tablet_id is not null;
