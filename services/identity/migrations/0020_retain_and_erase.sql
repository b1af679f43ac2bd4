-- Who is nobody's case any more is erased (RET). What is decided about that is the domain's; what stands behind it here is
-- that nobody is erased who has not been written down for it first, is held, or is at a unit.
alter table person add column known_since timestamptz not null default now();
create index access_grant_child on access_grant (child_id);
create index access_grant_holder on access_grant (person_id);

-- People whom somebody needs kept, until somebody says otherwise (RET-07).
create table retention_hold (
  hold_id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('COMPLAINT', 'INSIGHT', 'ENVIRONMENT', 'BREACH', 'LEGAL_CLAIM')),
  reason_id uuid not null references confidential_text,
  review_on date not null,
  placed_by uuid not null references person,
  placed_at timestamptz not null default now(),
  -- The placer's own key, so that placing it again is no second hold.
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  lifted_by uuid references person,
  lifted_at timestamptz,
  lift_reason_id uuid references confidential_text,
  unique (placed_by, idempotency_key),
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason_id is null))
);
create unique index retention_hold_in_force on retention_hold (person_id, kind) where lifted_at is null;
create index retention_hold_person on retention_hold (person_id);

create function keep_hold() returns trigger language plpgsql as $$
begin
  if old.lifted_at is not null or new.lifted_at is null
    or to_jsonb(new) - '{lifted_at,lifted_by,lift_reason_id}'::text[] <> to_jsonb(old) - '{lifted_at,lifted_by,lift_reason_id}'::text[] then
    raise exception 'a hold is lifted once and not changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger retention_hold_is_kept before update on retention_hold for each row execute function keep_hold();

-- The ledger: whom identity has erased, by ids that are nobody's any more. By it the same is done again after a restore, here
-- or elsewhere, and services are asked until they have answered (RET-08, S-27). Says where they were only of those for whom
-- that is no secret (ADR-16).
create table erasure (
  person_id uuid primary key,
  -- Of several ids of one human the one that counted.
  human_id uuid not null,
  kind text not null check (kind in ('CHILD', 'GUARDIAN', 'STAFF', 'VISITOR')),
  rule text not null,
  unit_id uuid references unit,
  due_on date not null,
  erased_at timestamptz not null default now(),
  told_at timestamptz not null default now(),
  -- Done once more because a backup had brought them back.
  is_again boolean not null default false
);
create index erasure_erased_at on erasure (erased_at);
create table erasure_acknowledgement (
  person_id uuid not null references erasure on delete cascade,
  service text not null,
  acknowledged_at timestamptz not null default now(),
  primary key (person_id, service)
);

-- One day's look at everybody: how far it has come, so that one that was killed goes on there, and what it found. Numbers.
create table retention_run (
  day date primary key,
  phase text not null default 'children' check (phase in ('children', 'others')),
  cursor uuid,
  scanned integer not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create table retention_figure (
  day date not null references retention_run on delete cascade,
  unit_id uuid references unit,
  kind text not null,
  state text not null check (state in ('UPCOMING', 'HELD', 'ERASED', 'FAILED')),
  rule text not null,
  count integer not null check (count > 0),
  unique nulls not distinct (day, unit_id, kind, state, rule)
);

do $$
declare
  name text;
begin
  foreach name in array array['retention_hold', 'erasure', 'erasure_acknowledgement', 'retention_run', 'retention_figure'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
  foreach name in array array['erasure', 'erasure_acknowledgement', 'retention_run', 'retention_figure'] loop
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
  -- What the service itself only adds to, or does not take away, goes with the person it was about.
  foreach name in array array['grant_history', 'access_grant', 'restriction', 'proposal', 'confidential_text', 'municipal_role',
    'staff_role', 'responsibility', 'register_parent', 'work_item', 'enrolment', 'information_candidate', 'information_text',
    'information_history', 'information_entry', 'information_request', 'roster_place', 'roster_person', 'staff_login', 'sign_in',
    'person_number', 'case_file', 'staged_person', 'staged_member', 'staff_naming', 'retention_hold', 'person'] loop
    if name <> 'case_file' then
      execute format('create policy erased on %I for delete to {{owner}} using (true)', name);
    end if;
  end loop;
  execute 'create policy emptied on person for update to {{owner}} using (true) with check (true)';
  execute 'create policy emptied on information_request for update to {{owner}} using (true) with check (true)';
end $$;

-- History, decisions and restrictions are added to and never changed, and go by erase_persons alone, which runs as the owner.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user = '{{owner}}' then
    return old;
  end if;
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger restriction_is_kept on restriction;
create trigger restriction_is_kept before insert or update on restriction for each row execute function keep_restriction();
create trigger restriction_stays before delete on restriction for each row execute function refuse_change();
drop trigger proposal_is_kept on proposal;
create trigger proposal_is_kept before insert or update on proposal for each row execute function keep_proposal();
create trigger proposal_stays before delete on proposal for each row execute function refuse_change();

drop trigger staff_naming_is_kept on staff_naming;
create trigger staff_naming_is_kept before insert or update on staff_naming for each row execute function keep_staff_naming();
create trigger staff_naming_stays before delete on staff_naming for each row execute function refuse_change();

-- Erases people who have been written down for it, with all their ids. Who decided something as staff about others who are
-- still here stays as an id with nothing behind it. Done again it changes nothing.
create function erase_persons(ids uuid[], day date, is_again boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  grants uuid[];
  restrictions uuid[];
  proposals uuid[];
  requests uuid[];
  texts uuid[];
begin
  if exists (select from unnest(ids) as id where not exists (select from erasure e where e.person_id = id)) then
    raise exception 'nobody is erased who is not in the ledger' using errcode = 'restrict_violation';
  end if;
  if not is_again and (
    exists (select from retention_hold where person_id = any (ids) and lifted_at is null)
    or exists (select from enrolment where child_id = any (ids) and (to_day is null or day < to_day))
    or exists (select from staff_role where person_id = any (ids) and (to_day is null or day < to_day))
    or exists (select from municipal_role where person_id = any (ids) and (to_day is null or day < to_day))
    or exists (select from access_grant where person_id = any (ids) and child_id <> all (ids) and state <> 'ENDED')
    or exists (select from restriction where person_id = any (ids) and child_id <> all (ids) and lifted_at is null)) then
    raise exception 'somebody is held, or is somebody''s case' using errcode = 'restrict_violation';
  end if;
  grants := array(select grant_id from access_grant where child_id = any (ids) or person_id = any (ids));
  restrictions := array(select restriction_id from restriction where child_id = any (ids) or person_id = any (ids));
  proposals := array(select proposal_id from proposal where child_id = any (ids) or person_id = any (ids)
    or grant_id = any (grants) or restriction_id = any (restrictions));
  requests := array(select request_id from information_request where asker_id = any (ids));
  texts := array(
    select reason_id from proposal where proposal_id = any (proposals)
    union select note_id from restriction where restriction_id = any (restrictions)
    union select unnest(array[reason_id, lift_reason_id]) from retention_hold where person_id = any (ids));

  delete from retention_hold where person_id = any (ids);
  delete from grant_history where grant_id = any (grants);
  delete from access_grant where grant_id = any (grants);
  delete from staff_naming where child_id = any (ids) or person_id = any (ids);
  delete from municipal_role where person_id = any (ids);
  delete from staff_role where person_id = any (ids);
  delete from restriction where restriction_id = any (restrictions);
  delete from proposal where proposal_id = any (proposals);
  delete from confidential_text where text_id = any (texts);
  delete from responsibility where child_id = any (ids) or holder_id = any (ids);
  delete from register_parent where child_id = any (ids);
  delete from work_item where child_id = any (ids);
  delete from enrolment where child_id = any (ids);
  delete from information_candidate where child_id = any (ids) or request_id = any (requests);
  delete from information_text where request_id = any (requests);
  delete from information_history where request_id = any (requests);
  delete from information_entry where request_id = any (requests);
  delete from information_request where request_id = any (requests);
  update information_request set child_id = null where child_id = any (ids);
  delete from roster_place p using roster_person r
    where r.person_id = any (ids) and p.source = r.source and p.person_key = r.source_key;
  delete from roster_person where person_id = any (ids);
  delete from staged_member m using staged_person s where s.person_id = any (ids) and m.person_key = s.source_key;
  delete from staged_person where person_id = any (ids);
  delete from staff_login where person_id = any (ids);
  delete from sign_in where person_id = any (ids);
  delete from person_settings where person_id = any (ids);
  delete from person_number where person_id = any (ids);
  delete from case_file where child_id = any (ids);
  update person set is_child = false, followed_as = null, register_revision = 0, register_read_at = null,
      is_in_register = null, readings_from = null, given = null, middle = null, family = null, birth_date = null,
      death_date = null, is_dead = false, register_status = null, has_false_identity = false, has_national_number = false,
      is_represented = false, protection = 'NONE', language = null, contact_revision = 0, merged_into = null,
      guardians_revision = 0, enrolments_revision = 0, roles_revision = 0, failed_revision = null, word_lost_at = null,
      was_split = false
    where person_id = any (ids);
  delete from person where person_id = any (ids)
    and not exists (select from proposal where person.person_id in (proposed_by, decided_by))
    and not exists (select from restriction where person.person_id in (imposed_by, lifted_by))
    and not exists (select from retention_hold where person.person_id in (placed_by, lifted_by))
    and not exists (select from staff_role where assigned_by = person.person_id)
    and not exists (select from staff_naming where ended_by = person.person_id)
    and not exists (select from municipal_role where ended_by = person.person_id)
    and not exists (select from feature_act where made_by = person.person_id)
    and not exists (select from unit_contact where changed_by = person.person_id)
    and not exists (select from information_request where person.person_id in (checked_by, drafted_by, released_by))
    and not exists (select from information_history where actor_id = person.person_id);
end $$;
revoke all on function erase_persons(uuid[], date, boolean) from public;
grant execute on function erase_persons(uuid[], date, boolean) to {{worker}};

-- Holds are placed and lifted by those who answer for what is kept, in their own name; never about their own family (GUA-24).
create function access.retains() returns boolean language sql stable
  as $$ select access.municipal() && '{ARCHIVIST,PRIVACY_OFFICER}' $$;
create function access.not_to_hold() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select case when access.staff() is null then '{}'
    else access.own_cases(access.staff()) || array(select ids_of_human(access.staff())) end $$;
-- Of an id, whose it is; nobody's for whoever may hold nobody, and for those who are nothing to hold for them.
create function access.holdable(asked uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select human(person_id) from person
    where person_id = asked and access.retains() and human(person_id) <> all (access.not_to_hold())
      and not exists (select from erasure e where e.person_id = asked)
  $$;
-- How many erasures each service has yet to answer for, and since when.
create function access.unacknowledged(services text[]) returns table (service text, count integer, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select s.service, count(e.person_id)::integer, min(e.erased_at) from unnest(services) as s (service)
    left join erasure e on not exists (
      select from erasure_acknowledgement a where a.person_id = e.person_id and a.service = s.service)
    where access.retains() group by s.service
  $$;
do $$
declare
  signature text;
begin
  foreach signature in array array['not_to_hold()', 'holdable(uuid)', 'unacknowledged(text[])'] loop
    execute format('revoke all on function access.%s from public', signature);
    execute format('grant execute on function access.%s to {{request}}, {{worker}}', signature);
  end loop;
end $$;

create policy of_those_who_answer on retention_hold for select to {{request}} using (
  (select access.retains()) and person_id <> all ((select access.not_to_hold())::uuid[]));
grant select on retention_hold to {{request}};
create policy of_the_service on retention_hold for select to {{worker}} using (true);
create policy by_who_answers on retention_hold for insert to {{worker}} with check (
  placed_by = (select access.staff()) and lifted_at is null and (select access.retains())
  and person_id <> all ((select access.not_to_hold())::uuid[]));
create policy lifted_by_who_answers on retention_hold for update to {{worker}} using (lifted_at is null) with check (
  lifted_by = (select access.staff()) and (select access.retains())
  and person_id <> all ((select access.not_to_hold())::uuid[]));
grant select, insert on retention_hold to {{worker}};
grant update (lifted_at, lifted_by, lift_reason_id) on retention_hold to {{worker}};
create policy of_those_who_answer on retention_run for select to {{request}} using ((select access.retains()));
create policy of_those_who_answer on retention_figure for select to {{request}} using ((select access.retains()));
grant select on retention_run, retention_figure to {{request}};
