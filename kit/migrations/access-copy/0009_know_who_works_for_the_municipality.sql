-- What somebody of the staff is for the whole municipality, as identity tells it. It is a ground for no child: it says who is told of
-- what goes past a unit's leader (SKM-04).
create table access.municipal_role (
  role_id uuid primary key,
  person_id uuid not null,
  role text not null,
  from_day date not null,
  to_day date
);
create index municipal_role_person on access.municipal_role (person_id);
alter table access.municipal_role enable row level security;
alter table access.municipal_role force row level security;
create policy of_the_service on access.municipal_role to {{worker}} using (true) with check (true);
grant select, insert, update, delete on access.municipal_role to {{worker}};
create policy of_enter on access.municipal_role for select to {{owner}} using (true);
create policy own on access.municipal_role for select to {{request}} using (person_id = (select access.person()));
grant select on access.municipal_role to {{request}};

-- What whoever asks is for the municipality today, signed in as staff: that seats are stated at all, be it none, is how access.enter
-- tells staff from guardians, and that the copy is fresh (GUA-24, S-04).
create function access.municipal() returns text[] language sql stable
  as $$
    select coalesce(array_agg(distinct r.role), '{}') from access.municipal_role r
    where r.person_id = access.person() and nullif(current_setting('app.seats', true), '') is not null
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;

-- A copy that has heard of everything else has yet to hear of these.
create policy of_this_migration on access.copy_state for update to {{owner}} using (true) with check (true);
update access.copy_state set is_asking = true where position > 0;
drop policy of_this_migration on access.copy_state;
