-- Kindergartens, schools and after-school units. A source is the roster that a row came from; a key is its name there.
create table unit (
  unit_id uuid primary key,
  source text not null,
  source_key text not null,
  kind text not null check (kind in ('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')),
  name text not null,
  organisation_number text,
  parent_id uuid references unit,
  is_active boolean not null default true,
  revision integer not null default 1,
  unique (source, source_key)
);

create table child_group (
  group_id uuid primary key,
  source text not null,
  source_key text not null,
  unit_id uuid not null references unit,
  kind text not null check (kind in ('BASIS', 'TEACHING', 'CONTACT')),
  name text not null,
  is_active boolean not null default true,
  unique (source, source_key)
);
create index child_group_unit on child_group (unit_id);

-- A period `[from_day, to_day)` in which a child belongs to a unit and to the same groups of it all the time.
create table enrolment (
  enrolment_id uuid primary key,
  child_id uuid not null references person,
  unit_id uuid not null references unit,
  group_ids uuid[] not null,
  from_day date not null,
  to_day date check (to_day >= from_day),
  unique (child_id, unit_id, from_day)
);
create index enrolment_unit on enrolment (unit_id);

create table staff_role (
  role_id uuid primary key,
  person_id uuid not null references person,
  role text not null check (role in
    ('LEADER', 'ADMINISTRATOR', 'CONTACT_TEACHER', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'KINDERGARTEN')),
  unit_id uuid not null references unit,
  group_id uuid references child_group,
  from_day date not null,
  to_day date check (to_day >= from_day),
  unique nulls not distinct (person_id, unit_id, group_id, role, from_day)
);
create index staff_role_unit on staff_role (unit_id);
