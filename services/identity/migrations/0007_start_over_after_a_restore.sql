-- A snapshot can tell whom identity follows too, once all access facts have been told. Revisions that are told are never
-- below the floor: it rises when this database turns out to be older than what it has told, so that what is told from
-- then on is news to everybody (S-24, S-27).
alter table snapshot
  add column has_followed boolean not null default false,
  add column revision_floor integer not null default 1,
  drop constraint snapshot_phase_check,
  add constraint snapshot_phase_check check (phase in ('units', 'roles', 'children', 'followed'));
