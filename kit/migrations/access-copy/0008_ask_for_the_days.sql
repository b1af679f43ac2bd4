-- What a copy had been told before 0007 says no day. 0007 asked for it as the owner, whom row-level security lets change
-- nothing.
create policy of_this_migration on access.copy_state for update to {{owner}} using (true) with check (true);
update access.copy_state set is_asking = true where position > 0;
drop policy of_this_migration on access.copy_state;
