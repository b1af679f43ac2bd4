-- What somebody has chosen for themself, in each of their capacities (GUA-24): a session of staff neither reads nor changes
-- what the same human has chosen as a guardian.
create table person_settings (
  person_id uuid not null references person,
  capacity text not null check (capacity in ('guardian', 'staff')),
  language text check (language in ('nb', 'nn', 'en', 'se')),
  -- By kind of notice, the channels it may come by: of the kinds that were chosen for.
  notices jsonb not null default '{}' check (jsonb_typeof(notices) = 'object'),
  names_child boolean not null default false,
  -- How often they have been told.
  revision integer not null default 0,
  primary key (person_id, capacity)
);
alter table person_settings enable row level security;
alter table person_settings force row level security;
create policy of_the_owner on person_settings to {{owner}} using (true) with check (true);

create function access.capacity() returns text language sql stable parallel safe
  as $$ select case when access.staff() is not null then 'staff' when access.person() is not null then 'guardian' end $$;

create policy own on person_settings for select to {{request}} using (
  person_id = (select access.person()) and capacity = (select access.capacity()));
grant select (person_id, capacity, language, notices, names_child) on person_settings to {{request}};

-- Written in the name of whoever has entered the transaction, and nobody else's.
create policy of_the_service on person_settings for select to {{worker}} using (true);
create policy by_oneself on person_settings for insert to {{worker}} with check (
  person_id = (select access.person()) and capacity = (select access.capacity()));
create policy change_by_oneself on person_settings for update to {{worker}} using (
  person_id = (select access.person()) and capacity = (select access.capacity()));
create policy forgotten on person_settings for delete to {{worker}} using (true);
grant select, insert, update, delete on person_settings to {{worker}};

-- Of two ids that are one human: what the one that stays has chosen itself counts before what the other had.
create function hand_over_settings(merged uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update person_settings s set person_id = p.merged_into from person p
    where s.person_id = merged and p.person_id = merged and p.merged_into is not null and not exists (
      select from person_settings o where o.person_id = p.merged_into and o.capacity = s.capacity);
  delete from person_settings s using person p
    where s.person_id = merged and p.person_id = merged and p.merged_into is not null;
$$;
revoke all on function hand_over_settings(uuid) from public;
grant execute on function hand_over_settings(uuid) to {{worker}};

alter table snapshot drop constraint snapshot_phase_check;
alter table snapshot
  add constraint snapshot_phase_check check (phase in ('units', 'roles', 'settings', 'children', 'followed'));
