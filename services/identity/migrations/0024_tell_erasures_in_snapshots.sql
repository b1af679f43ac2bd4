-- A snapshot tells first who was erased: no copy is whole before it has done the same (S-27).
alter table snapshot
  drop constraint snapshot_phase_check,
  add constraint snapshot_phase_check check (phase in ('erased', 'units', 'roles', 'settings', 'children', 'followed'));
-- Whoever is erased is looked for in every table that can name them.
create index staff_role_person on staff_role (person_id);
