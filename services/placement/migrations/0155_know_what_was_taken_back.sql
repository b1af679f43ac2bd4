-- Which claims were taken back, and by whom: whoever did and lost the answer asks once more, and is answered the same (S-22). For anybody else there is
-- no such claim.
create table claim_withdrawal (
  claim_id uuid primary key,
  application_id uuid not null references placement_application (id) on delete cascade,
  child_id uuid not null,
  withdrawn_by uuid not null,
  withdrawn_at timestamptz not null default now()
);
create index claim_withdrawal_application on claim_withdrawal (application_id);
create index claim_withdrawal_person on claim_withdrawal (withdrawn_by);
alter table claim_withdrawal enable row level security;
alter table claim_withdrawal force row level security;
create policy of_the_owner on claim_withdrawal to {{owner}} using (true) with check (true);
create policy of_whose_it_is on claim_withdrawal for select to {{request}} using (
  withdrawn_by = (select access.person()) and child_id = any ((select responsible_children())::uuid[]));
grant select on claim_withdrawal to {{request}};

-- What goes with its application, or with a person, nobody has taken back.
create function note_what_was_taken_back() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into claim_withdrawal (claim_id, application_id, child_id, withdrawn_by)
  select old.id, a.id, old.child_id, access.person() from placement_application a
  where a.id = old.application_id and access.person() is not null;
  return null;
end $$;
revoke all on function note_what_was_taken_back() from public;
create trigger claim_was_taken_back after delete on claim for each row execute function note_what_was_taken_back();

create or replace function erase_person_from_claims(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from claim where child_id = erased;
  delete from claim_withdrawal where child_id = erased or withdrawn_by = erased;
  update claim set assigned_to = null where assigned_to = erased;
  update claim set claimed_by = null where claimed_by = erased;
  update claim_assignment set assigned_to = null where assigned_to = erased;
  update claim_assignment set assigned_by = null where assigned_by = erased;
  update claim_proof set noted_by = null where noted_by = erased;
  update claim_verdict set decided_by = null where decided_by = erased;
$$;
