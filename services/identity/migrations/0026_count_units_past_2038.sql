-- A revision is never less than the seconds since 1970.
alter table unit_register alter column revision type bigint;
