-- The second lock of what staff decide: whoever may not see a case cannot write a decision on it either, whatever the code
-- above forgot (S-12). And how a child is protected is a row of its own, because row-level security hides rows and no
-- columns: guardians and ordinary staff see the person, and not that (ADR-02).
create table case_file (
  child_id uuid primary key references person,
  protection text not null
);
alter table case_file enable row level security;
alter table case_file force row level security;
create policy of_the_owner on case_file to {{owner}} using (true) with check (true);
create policy of_the_service on case_file for select to {{worker}} using (true);
create policy of_a_case on case_file for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[]));
grant select on case_file to {{request}}, {{worker}};

create function keep_case_file() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into case_file (child_id, protection) values (new.person_id, new.held_protection)
    on conflict (child_id) do update set protection = excluded.protection
    where case_file.protection is distinct from excluded.protection;
  return null;
end $$;
create trigger person_has_a_case after insert or update of is_child, held_protection on person
  for each row when (new.is_child) execute function keep_case_file();
insert into case_file (child_id, protection) select person_id, held_protection from person where is_child;
revoke select (held_protection) on person from {{request}};

-- The children to whom the person is or was a party whom this transaction has entered as. Said of themself alone.
create function access.own_party() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select case when access.person() is null then '{}'::uuid[] else access.own_cases(access.person()) end $$;

-- What is proposed and decided, and by whom: within the cases, the units and the roles that access.enter has found.
drop policy by_its_proposer on proposal;
drop policy by_who_decides on proposal;
create policy in_a_case on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and (decided_by is null or decided_by = proposed_by)
  and (child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])));
create policy by_an_administrator on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and (decided_by is null or decided_by = proposed_by)
  and child_id is null and kind in ('ASSIGN_ROLE', 'END_ROLE')
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}');
create policy by_a_leader on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and decided_by = proposed_by
  and child_id is null and kind in ('ASSIGN_SUBSTITUTE', 'END_ROLE')
  and (payload ->> 'unitId')::uuid = any ((select access.led_units())::uuid[]));
create policy by_a_case_worker on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and decided_by = proposed_by
  and child_id is null and kind = 'CLOSE_WORK_ITEM' and 'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy on_a_feature on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and decided_by is null and child_id is null and kind = 'REOPEN_FEATURE'
  and ((select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR}' or (select access.led_units())::uuid[] <> '{}'));

create policy runs_out on proposal for update to {{worker}} using (outcome is null) with check (
  outcome = 'EXPIRED' and decided_by is null);
create policy in_a_case_decided on proposal for update to {{worker}} using (outcome is null) with check (
  decided_by = (select access.staff())
  and (child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])));
create policy by_an_administrator_decided on proposal for update to {{worker}} using (outcome is null) with check (
  decided_by = (select access.staff()) and child_id is null
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}');
create policy taken_back on proposal for update to {{worker}} using (outcome is null) with check (
  outcome = 'REJECTED' and decided_by = proposed_by and decided_by = (select access.staff()));

drop policy by_who_imposes on restriction;
create policy by_who_imposes on restriction for insert to {{worker}} with check (
  imposed_by = (select access.staff()) and lifted_at is null
  and (child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])));
drop policy by_who_lifts on restriction;
create policy by_who_lifts on restriction for update to {{worker}} using (lifted_at is null) with check (
  lifted_by = (select access.staff())
  and (child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])));
drop policy by_a_leader on staff_role;
create policy by_a_leader on staff_role as restrictive for insert to {{worker}} with check (
  assigned_by is null
  or (assigned_by = (select access.staff()) and unit_id = any ((select access.led_units())::uuid[])));

-- An answer that was lost on its way is given once more to whoever asks again within the hour, also when what was decided
-- has left their cases with that: that it was decided, and nothing of the case.
create function access.an_hour_ago() returns timestamptz language sql stable parallel safe
  as $$ select now() - interval '1 hour' $$;
create policy of_ones_own on proposal for select to {{request}} using (
  (proposed_by = (select access.staff()) and proposed_at > (select access.an_hour_ago()))
  or (decided_by = (select access.staff()) and decided_at > (select access.an_hour_ago())));

-- Who gives roles has to name the people who hold them, and staff have no names here but those they sign in by: a leader
-- sees those of the unit, an administrator those with a role for the municipality.
create function access.managed_staff() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  units constant uuid[] := access.led_units();
  is_administrator constant boolean := access.municipal() && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}';
begin
  if units = '{}' and not is_administrator then
    return '{}';
  end if;
  return array(
    select person_id from staff_role where unit_id = any (units)
    union select person_id from municipal_role where is_administrator);
end $$;
create policy of_ones_staff on staff_login for select to {{request}} using (
  person_id = any ((select access.managed_staff())::uuid[]));
grant select (login, person_id, is_current) on staff_login to {{request}};

-- A decision is on the very grant, or on the very child and adult, that it names.
create function is_decision_on(decision uuid, kinds text[], by_two boolean, granted access_grant) returns boolean
  language sql stable
  as $$
    select is_decided(decision, kinds, by_two) and exists (
      select from proposal p where p.proposal_id = decision and case p.kind
        when 'CONFIRM_GRANT' then p.grant_id = granted.grant_id
        else human(p.child_id) = human(granted.child_id) and human(p.person_id) = human(granted.person_id) end)
  $$;
create or replace function refuse_undecided_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text[] := case when tg_op = 'UPDATE' then old.confirmed_for else '{}' end;
  -- What was let through at the stricter level is so at the lesser, and can be written down as that.
  let_through constant text[] := array(select unnest(new.confirmed_for) except select unnest(before
    || case when 'PROTECTION_STRENGT_FORTROLIG' = any (before) then '{PROTECTION_FORTROLIG}'::text[] else '{}' end));
  is_documented constant boolean := new.ground = 'MANUAL'
    and (tg_op = 'INSERT' or new.decided_until > old.decided_until or new.decision_id <> old.decision_id);
begin
  if is_documented and not is_decision_on(new.decision_id, '{GRANT_ACCESS}', true, new) then
    raise exception 'grant % rests on no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  if let_through <> '{}'
    and not is_decision_on(coalesce(new.confirmation_id, new.decision_id), '{CONFIRM_GRANT,GRANT_ACCESS}',
      let_through && '{PROTECTION_STRENGT_FORTROLIG,D_NUMBER,FALSE_IDENTITY,BIRTH_DATE_MISSING,NOT_IN_REGISTER,SPLIT}', new) then
    raise exception 'grant % is let through by no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
