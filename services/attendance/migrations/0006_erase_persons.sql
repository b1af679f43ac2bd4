-- Whoever reported is forgotten when nobody has a case for them any more, and the absence of a child who is still here stays
-- (RET-08).
alter table absence alter column reported_by drop not null;

create policy of_the_owner on absence for select to {{owner}} using (true);
create policy erased on absence for delete to {{owner}} using (true);
create policy reporter_erased on absence for update to {{owner}} using (true) with check (reported_by is null);

-- Takes away what is kept under the id of somebody. The service's own work sees no absence otherwise, and sees none here.
create function erase_person(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from absence where child_id = erased;
  update absence set reported_by = null where reported_by = erased;
$$;
revoke all on function erase_person(uuid) from public;
grant execute on function erase_person(uuid) to {{worker}};
