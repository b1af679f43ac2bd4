-- That a child is protected outlives what is known of it: identity takes a birth date back with the last grant, while an application stays, and a
-- word that was put aside closes and never opens (ADR-04, ADR-12, S-26).
create table protected_child (child_id uuid primary key);
alter table protected_child enable row level security;
alter table protected_child force row level security;
create policy of_the_owner on protected_child to {{owner}} using (true) with check (true);
create policy of_the_service on protected_child to {{worker}} using (true) with check (true);
grant select, insert, delete on protected_child to {{worker}};
insert into protected_child (child_id) select child_id from child_facts where is_protected;

create or replace function children_kept_apart() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(apart.child_id), '{}') from (
    select p.child_id from protected_child p
    union select f.child_id from child_facts f where f.is_protected
    union select e.child_id from access.enrolment e where e.named_staff is not null) as apart
$$;
create or replace function is_kept_apart(child uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from protected_child p where p.child_id = child)
    or exists (select from child_facts f where f.child_id = child and f.is_protected)
    or exists (select from access.enrolment e where e.child_id = child and e.named_staff is not null)
$$;

-- The brother or sister by whom a unit is wished for is another child: told to whoever applies for that one too, and to those who work with
-- admission, of one whom they meet (GUA-13, GUA-20, ADR-04). What a receipt keeps of it nobody reads.
create function siblings_wished_by(application uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_object_agg(w.rank, w.sibling_child_id), '{}') from wish w
  where w.application_id = application and w.sibling_child_id is not null
    and (w.sibling_child_id = any ((select responsible_children())::uuid[])
      or w.sibling_child_id = any ((select children_of_officers())::uuid[])
      or ('CASE_WORKER' = any ((select access.municipal())::text[])
        and w.sibling_child_id <> all ((select children_case_workers_do_not_meet())::uuid[])))
$$;
revoke all on function siblings_wished_by(uuid) from public;
grant execute on function siblings_wished_by(uuid) to {{request}}, {{worker}};
revoke select on wish, application_receipt from {{request}};
grant select (application_id, child_id, round_id, rank, unit_id, drafted_under) on wish to {{request}};
grant select (application_id, version, child_id, origin, received_at, received_by, wanted_start, guardian_ids, idempotency_key)
  on application_receipt to {{request}};
