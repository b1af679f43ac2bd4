-- Who has said that they want to apply for a place. The register is read for it, and of whom it names them responsible for, each is
-- followed as a child of a roster is: whoever applies has a child that is on no roster yet (GUA-29, FREG-06).
create table applicant (
  person_id uuid primary key references person on delete cascade,
  asked_at timestamptz not null,
  -- Null: the register's word on it has not come.
  answered_at timestamptz
);
create index applicant_open on applicant (person_id) where answered_at is null;

alter table applicant enable row level security;
alter table applicant force row level security;
create policy of_the_owner on applicant to {{owner}} using (true) with check (true);
create policy own on applicant for select to {{request}} using (
  person_id = (select access.person()) and (select access.capacity()) = 'guardian');
grant select (person_id, asked_at) on applicant to {{request}};

-- Asked in the name of whoever has entered the transaction, and nobody else's; answered in nobody's.
create policy of_the_service on applicant for select to {{worker}} using (true);
create policy by_oneself on applicant for insert to {{worker}} with check (
  person_id = (select access.person()) and (select access.capacity()) = 'guardian' and answered_at is null);
create policy again_by_oneself on applicant for update to {{worker}} using (
  person_id = (select access.person()) and (select access.capacity()) = 'guardian') with check (answered_at is null);
create policy answered on applicant for update to {{worker}} using ((select access.person()) is null);
create policy joined on applicant for delete to {{worker}} using ((select access.person()) is null);
create policy joined_to on applicant for insert to {{worker}} with check ((select access.person()) is null);
grant select, insert, update, delete on applicant to {{worker}};

-- The last day on which somebody who is responsible for the child prepared to apply: from then on the register is asked whether it
-- lives here (BHG-03), for a year.
alter table person add column applied_for_on date;
create index person_applied_for on person (applied_for_on) where applied_for_on is not null;

create or replace function forget_description() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update person set lives_here = null, applied_for_on = null where person_id = new.person_id;
  delete from applicant where person_id = new.person_id;
  delete from child_to_describe where child_id = new.person_id;
  delete from child_description where child_id = new.person_id;
  return null;
end $$;
