-- What units are called, for letters: it is in the open registers and no secret. Null where identity has not said.
alter table access.unit add column name text;

-- A copy that has heard of everything else has yet to hear of these.
create policy of_this_migration on access.copy_state for update to {{owner}} using (true) with check (true);
update access.copy_state set is_asking = true where position > 0;
drop policy of_this_migration on access.copy_state;
