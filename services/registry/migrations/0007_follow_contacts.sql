-- How far the changes of the contact register have been followed, where it lets us, and up to when what was told of contact
-- data was true, as we told it last.
create table contact_pointer (
  is_only boolean primary key default true check (is_only),
  -- Number of the last change heard of; null where they are not followed.
  change_id bigint,
  caught_up_at timestamptz,
  told_up_to timestamptz
);
insert into contact_pointer default values;
alter table contact_pointer enable row level security;
alter table contact_pointer force row level security;
create policy of_the_service on contact_pointer to {{worker}} using (true) with check (true);
grant select, insert, update, delete on contact_pointer to {{worker}};

create index reading_contact_read_at on reading (read_at) where register = 'krr';
drop index reading_unsure_since;
create index reading_unsure_since on reading (register, unsure_since) where unsure_since is not null;
