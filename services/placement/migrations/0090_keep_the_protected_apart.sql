-- Protected children are those whom identity says so of, also before they have any place, and those whose place is open to named staff alone
-- (ADR-03, ADR-04, ADR-10).
create index child_facts_protected on child_facts (child_id) where is_protected;
create index enrolment_kept_apart on access.enrolment (child_id) where named_staff is not null;

create or replace function children_kept_apart() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(apart.child_id), '{}') from (
    select f.child_id from child_facts f where f.is_protected
    union select e.child_id from access.enrolment e where e.named_staff is not null) as apart
$$;
create or replace function is_kept_apart(child uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from child_facts f where f.child_id = child and f.is_protected)
    or exists (select from access.enrolment e where e.child_id = child and e.named_staff is not null)
$$;
