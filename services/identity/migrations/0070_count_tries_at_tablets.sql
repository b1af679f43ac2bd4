-- PINs that were tried, for each tablet apart: nobody closes a colleague's PIN elsewhere. Whoever is tried has a row here, somebody of the
-- staff or nobody, so that the steps of a try are the same (S-06): that is why the id refers to no person. Rows go after a few days.
create table pin_try (
  tablet_id uuid not null references tablet on delete cascade,
  tried_id uuid not null,
  failures int not null,
  locked_until timestamptz,
  tried_at timestamptz not null,
  primary key (tablet_id, tried_id)
);
alter table pin_try enable row level security;
alter table pin_try force row level security;
create policy of_the_owner on pin_try to {{owner}} using (true) with check (true);
create policy by_itself on pin_try to {{worker}} using ((select access.person()) is null) with check ((select access.person()) is null);
grant select, insert, update, delete on pin_try to {{worker}};

-- A tablet at which too many were wrong within a day is closed for the rest of it, which its leader sees.
alter table tablet
  add column failures int not null default 0,
  add column failures_since timestamptz,
  add column closed_until timestamptz;
grant select (closed_until) on tablet to {{request}};
-- What has no use any more goes.
create policy forgotten on tablet for delete to {{worker}} using ((select access.person()) is null);
grant delete on tablet to {{worker}};

-- PINs are keyed with a key that rotates: those from before have to be set anew.
delete from staff_pin;
alter table staff_pin
  drop column failures,
  drop column locked_until,
  add column key_id text not null;

-- Somebody sees when their own was set: by somebody else, perhaps.
create policy own on staff_pin for select to {{request}} using (person_id = (select access.staff()));
grant select (person_id, set_at) on staff_pin to {{request}};
