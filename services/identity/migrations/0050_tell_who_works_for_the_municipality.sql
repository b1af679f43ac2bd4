-- Who works for the municipality alone has been told to nobody so far, and is in no snapshot. The next one has them (SKM-04).
create policy of_this_migration on person to {{owner}} using (true) with check (true);
create policy of_this_migration on municipal_role for select to {{owner}} using (true);
update person set roles_revision = 1
where roles_revision = 0 and person_id in (select person_id from municipal_role);
drop policy of_this_migration on person;
drop policy of_this_migration on municipal_role;
