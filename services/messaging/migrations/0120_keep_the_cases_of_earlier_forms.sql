-- Forms that were sent before units were told of theirs: 0090 copied none of them, as row-level security shows contact_form to nobody
-- but the service, not even to the owner of the table. Their senders found them no more.
create policy of_this_migration on contact_form for select to {{owner}} using (true);
create policy of_this_migration on form_case to {{owner}} using (true) with check (true);
insert into form_case (form_id, entry_id, unit_id, received_at)
select form_id, entry_id, unit_id, received_at from contact_form
on conflict do nothing;
drop policy of_this_migration on contact_form;
drop policy of_this_migration on form_case;
