-- Somebody is with the children of one unit at a time, however close together they come to two (T26, S-22).
delete from staff_presence old using staff_presence newer
  where newer.person_id = old.person_id and (newer.day, newer.unit_id) > (old.day, old.unit_id);
alter table staff_presence drop constraint staff_presence_pkey, add primary key (person_id);
grant update (unit_id) on staff_presence to {{request}};

-- Whoever comes to a unit leaves another one, also where attendance is not open or not shown any more.
drop policy while_open_still on staff_presence;
create policy while_open_still on staff_presence as restrictive for update to {{request}} using (true) with check (
  unit_id = any ((select units_open())::uuid[]));
drop policy unless_hidden on staff_presence;
create policy unless_hidden on staff_presence as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[])
  or person_id = (select access.person()) or person_id = (select access.tablet_person()));
