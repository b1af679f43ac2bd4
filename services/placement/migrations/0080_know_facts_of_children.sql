-- What admission has to know of children, as identity tells it (decision 0048): age group, right to a place and rank follow from the birth date,
-- the right from living here besides (BHG-01 to BHG-03, BHG-08). Whoever has no row here, of them nothing is known, and people decide.
create table child_facts (
  child_id uuid primary key,
  born_on date not null,
  lives_here text not null check (lives_here in ('YES', 'NO', 'UNKNOWN')),
  -- The child, or an adult of its family, is protected: named staff alone handle it (ADR-01, ADR-03, ADR-04).
  is_protected boolean not null,
  revision bigint not null
);

alter table child_facts enable row level security;
alter table child_facts force row level security;
create policy of_the_owner on child_facts to {{owner}} using (true) with check (true);
create policy of_the_service on child_facts to {{worker}} using (true) with check (true);
grant select, insert, update, delete on child_facts to {{worker}};

-- Whether a child is protected is nobody's to read: it says itself by who finds a row (ADR-02).
grant select (child_id, born_on, lives_here) on child_facts to {{request}};
create policy of_a_guardian on child_facts for select to {{request}} using (
  child_id = any ((select access.children())::uuid[]));
create policy of_a_case_worker on child_facts for select to {{request}} using (
  not is_protected and 'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy of_a_protection_officer on child_facts for select to {{request}} using (
  is_protected and 'PROTECTION_OFFICER' = any ((select access.municipal())::text[]));
