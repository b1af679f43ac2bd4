-- By which first names children may be called in pushes to guardians who have asked for that (N16), sealed as identity told it.
-- Never of somebody protected (MSG-14, ADR-07): whoever comes to be is deleted, and nothing is kept of them from then on.
create table child_name (
  person_id uuid not null,
  child_id uuid not null,
  sealed text not null,
  primary key (person_id, child_id)
);
create index child_name_child on child_name (child_id);
alter table child_name enable row level security;
alter table child_name force row level security;
create policy of_the_service on child_name to {{worker}} using (true) with check (true);
grant select, insert, update, delete on child_name to {{worker}};

-- The second lock: no name is kept that must not be told.
create policy of_nobody_protected on child_name as restrictive for insert to {{worker}} with check (
  not is_shielded(person_id, array[child_id]));
