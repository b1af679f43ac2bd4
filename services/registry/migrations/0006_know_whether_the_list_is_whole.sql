-- Whether the list has everybody whom identity follows. False once this database was restored to an earlier day: identity
-- is asked for all of them until it has begun to tell.
create table follow_list (
  is_only boolean primary key default true check (is_only),
  is_whole boolean not null default true
);
insert into follow_list default values;
alter table follow_list enable row level security;
alter table follow_list force row level security;
create policy of_the_service on follow_list to {{worker}} using (true) with check (true);
grant select, update on follow_list to {{worker}};
