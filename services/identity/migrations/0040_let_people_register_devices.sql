-- When notices that can wait do, and when they come together: each chosen for oneself, in each capacity.
alter table person_settings
  add column quiet_from text check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add column quiet_to text check (quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add column digest_at text check (digest_at ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add constraint quiet_hours_are_whole check ((quiet_from is null) = (quiet_to is null));
grant select (quiet_from, quiet_to, digest_at) on person_settings to {{request}};

-- Browsers that people want pushes on. Where they are is sealed for whoever sends: nobody can push to them from here. The hash
-- of the address tells the same browser again.
create table push_device (
  device_id uuid primary key,
  person_id uuid not null references person on delete cascade,
  capacity text not null check (capacity in ('guardian', 'staff')),
  endpoint_hash bytea not null,
  sealed text not null,
  registered_at timestamptz not null,
  unique (person_id, capacity, endpoint_hash)
);
alter table push_device enable row level security;
alter table push_device force row level security;
create policy of_the_owner on push_device to {{owner}} using (true) with check (true);
create policy own on push_device for select to {{request}} using (
  person_id = (select access.person()) and capacity = (select access.capacity()));
grant select (device_id, person_id, capacity, registered_at) on push_device to {{request}};

-- Written in the name of whoever has entered the transaction, and nobody else's.
create policy of_the_service on push_device for select to {{worker}} using (true);
create policy by_oneself on push_device for insert to {{worker}} with check (
  person_id = (select access.person()) and capacity = (select access.capacity()));
create policy change_by_oneself on push_device for update to {{worker}} using (
  person_id = (select access.person()) and capacity = (select access.capacity()));
create policy removed_by_oneself on push_device for delete to {{worker}} using (
  person_id = (select access.person()) and capacity = (select access.capacity()));
grant select, insert, update, delete on push_device to {{worker}};
