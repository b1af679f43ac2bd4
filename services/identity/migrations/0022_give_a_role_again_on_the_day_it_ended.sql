-- A role that is ended on its first day was held for no day: the same may be given again that day. A roster's own rows
-- stay one for a day, because it finds them by it.
alter table municipal_role drop constraint municipal_role_person_id_role_from_day_key;
create unique index municipal_role_once on municipal_role (person_id, role, from_day)
  where source = 'roster' or to_day > from_day;

drop index staff_role_once;
create unique index staff_role_once on staff_role (person_id, unit_id, group_id, role, from_day, (assigned_by is null))
  nulls not distinct where assigned_by is null or to_day > from_day;
