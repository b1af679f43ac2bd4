-- Staff who have read of more children in an hour than one of them is expected to. Nobody is stopped by it (V07).
create table reading_alarm (
  alarm_id uuid primary key,
  reader_id uuid not null,
  children integer not null check (children > budget),
  budget integer not null,
  raised_at timestamptz not null
);
create index reading_alarm_reader on reading_alarm (reader_id, raised_at);
alter table reading_alarm enable row level security;
alter table reading_alarm force row level security;
create policy of_the_service on reading_alarm to {{worker}} using (true) with check (true);
create policy of_the_owner on reading_alarm for select to {{owner}} using (true);
grant select, insert, delete on reading_alarm to {{worker}};
create policy of_an_auditor on reading_alarm for select to {{request}} using (
  'PRIVACY_OFFICER' = any ((select access.municipal())::text[]));
grant select on reading_alarm to {{request}};

-- Who may be told of whose access (GUA-25, D09), and who has read of a child. What the lists of access.enter do not hold is
-- answered by functions that look at them first.

-- `child:person` of those whose reading as staff is nothing for the actor to know of: somebody else who is a guardian of
-- the actor's child tells when they are up by it (ADR-11), and a protected one tells that they are here at all (ADR-19).
-- Somebody who lost access or never came to it has no such claim.
create function access.circle() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(g.child_id || ':' || g.person_id), '{}')
  from access_grant g join person p on p.person_id = g.person_id
  where g.child_id = any (access.children()) and g.person_id is distinct from access.person()
    and (g.state = 'ACTIVE' or (g.state <> 'ENDED' and p.protection in ('FORTROLIG', 'STRENGT_FORTROLIG')))
$$;

drop policy of_a_guardian on access_log;
create policy of_a_guardian on access_log for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  and child_id || ':' || reader_id <> all ((select access.circle())::text[]));

-- A privacy officer looks at any child's access, but at none whose case may be about them (GUA-24).
create function access.audits() returns boolean language sql stable
  as $$ select 'PRIVACY_OFFICER' = any (access.municipal()) $$;
create function access.not_to_audit() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select access.own_cases(access.staff()) $$;
-- Of some ids those that are children here, and whether their case may be about the officer.
create function access.auditable(asked uuid[]) returns table (child_id uuid, is_own_case boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id, person_id = any (access.not_to_audit()) from person
  where person_id = any (asked) and is_child and merged_into is null and access.audits()
$$;
create policy of_an_auditor on access_log for select to {{request}} using (
  (select access.audits()) and child_id <> all ((select access.not_to_audit())::uuid[]));
create policy of_an_auditor on access_grant for select to {{request}} using (
  state = 'ACTIVE' and (select access.audits()) and child_id <> all ((select access.not_to_audit())::uuid[]));

-- Staff who have the actor's own children in their charge today, child by child; or whichever children a privacy officer asks for.
create function access.staff_over(asked uuid[])
  returns table (child_id uuid, role_id uuid, person_id uuid, role text, unit_id uuid, group_id uuid, from_day date, to_day date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.child_id, r.role_id, r.person_id, r.role, r.unit_id, r.group_id, r.from_day, r.to_day
  from enrolment e
  join staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
  join person p on p.person_id = r.person_id
  where e.child_id = any (asked)
    and (e.child_id = any (access.children()) or (access.audits() and e.child_id <> all (access.not_to_audit())))
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and not (p.protection in ('FORTROLIG', 'STRENGT_FORTROLIG')
      and e.child_id || ':' || r.person_id = any (access.circle()))
$$;

-- Staff with a role today at a unit that the actor leads.
create function access.staff_at(unit uuid)
  returns table (role_id uuid, person_id uuid, role text, unit_id uuid, group_id uuid, from_day date, to_day date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select role_id, person_id, role, unit_id, group_id, from_day, to_day from staff_role
  where unit_id = unit and unit_id = any (access.led_units())
    and from_day <= access.today() and (to_day is null or access.today() < to_day)
$$;

-- Since when grants that the actor sees have been open without a break; by which reading of the register, where it is the
-- actor's own or a privacy officer asks.
create function access.grounds_of(asked uuid[])
  returns table (grant_id uuid, since timestamptz, register_revision integer, read_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.grant_id,
    coalesce((select max(h.at) from grant_history h where h.grant_id = g.grant_id and h.to_state = 'ACTIVE'), g.opened_at),
    case when known.by_register then c.register_revision end, case when known.by_register then c.register_read_at end
  from access_grant g join person c on c.person_id = g.child_id,
    lateral (select access.audits() and g.child_id <> all (access.not_to_audit()) as is_audited) as audit,
    lateral (select g.ground = 'PARENTAL_RESPONSIBILITY'
      and (audit.is_audited or g.person_id is not distinct from access.person()) as by_register) as known
  where g.grant_id = any (asked) and (audit.is_audited or (g.person_id = any (access.persons())
    and (g.child_id = any (access.children()) or g.child_id = any (access.charges()))))
$$;

-- Names of staff, as far as anybody may be told them: whoever works for the municipality does so by name, but not
-- somebody with a protected address.
create function access.staff_names(asked uuid[])
  returns table (person_id uuid, given text, middle text, family text, protection text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.person_id, p.given, p.middle, p.family, p.protection from person p
  where p.person_id = any (asked) and p.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')
    and (exists (select from staff_role r where r.person_id = p.person_id)
      or exists (select from municipal_role r where r.person_id = p.person_id))
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array['circle()', 'not_to_audit()', 'auditable(uuid[])', 'staff_over(uuid[])', 'staff_at(uuid)', 'grounds_of(uuid[])', 'staff_names(uuid[])'] loop
    execute format('revoke all on function access.%s from public', signature);
    execute format('grant execute on function access.%s to {{request}}', signature);
  end loop;
end $$;
