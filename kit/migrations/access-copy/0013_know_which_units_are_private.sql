-- Which units somebody else than the public owns: it is in the open registers and no secret. False where identity has not said.
alter table access.unit add column is_private boolean not null default false;

-- A copy that has heard of everything else has yet to hear of these.
create policy of_this_migration on access.copy_state for update to {{owner}} using (true) with check (true);
update access.copy_state set is_asking = true where position > 0;
drop policy of_this_migration on access.copy_state;
