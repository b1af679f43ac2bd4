-- Whoever was protected before raises were told of is told of now; and a copy that begins anew hears of everybody who is
-- protected, as the ones that were there did (ADR-12, S-08, S-27).
insert into protection_raise (person_id)
select person_id from person
where merged_into is null
  and greatest(protection_rank(protection), protection_rank(held_protection)) >= protection_rank('FORTROLIG')
on conflict do nothing;
alter table snapshot
  drop constraint snapshot_phase_check,
  add constraint snapshot_phase_check check (phase in ('erased', 'concealed', 'units', 'roles', 'settings', 'children', 'followed'));
