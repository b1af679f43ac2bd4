-- Who of the staff may see a protected child, and on which days (ADR-10). It opens nothing by itself: it lets a role count
-- that has the child in its charge. Whoever is not named does not see the child, whatever their role.
create table staff_naming (
  naming_id uuid primary key,
  child_id uuid not null references person,
  person_id uuid not null references person,
  -- The protection that was looked at: to be named at one level says nothing of a stricter one (ADR-04).
  level text not null check (level in ('FORTROLIG', 'STRENGT_FORTROLIG')),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  decision_id uuid not null references proposal,
  ended_by uuid references person
);
create index staff_naming_child on staff_naming (child_id);
create index staff_naming_person on staff_naming (person_id);
alter table proposal add check (kind <> 'NAME_STAFF' or reason_id is not null);

-- A naming rests on a decision about the very child and person, at the level that holds now; by two where that is strict. It
-- ends sooner by somebody, never later. A merge may move it to the id that stays.
create function keep_staff_naming() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if not (is_decided(new.decision_id, '{NAME_STAFF}', new.level = 'STRENGT_FORTROLIG')
      and exists (select from proposal p where p.proposal_id = new.decision_id
        and human(p.child_id) = new.child_id and human(p.person_id) = new.person_id
        and (p.payload ->> 'from')::date = new.from_day and (p.payload ->> 'to')::date = new.to_day)
      and exists (select from person c where c.person_id = new.child_id and c.held_protection = new.level)) then
      raise exception 'naming % rests on no decision', new.naming_id using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE'
    or to_jsonb(new) - '{child_id,person_id,to_day,ended_by}'::text[] <> to_jsonb(old) - '{child_id,person_id,to_day,ended_by}'::text[]
    or new.child_id <> human(old.child_id) or new.person_id <> human(old.person_id)
    or (new.to_day <> old.to_day
      and (new.to_day > old.to_day or new.ended_by is null or new.ended_by is distinct from access.staff())) then
    raise exception 'naming % ends by itself or by somebody', old.naming_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger staff_naming_is_kept before insert or update or delete on staff_naming
  for each row execute function keep_staff_naming();

-- Whether somebody is named for a child now, at what protects it.
create function is_named(child uuid, who uuid, held text, today date) returns boolean language sql stable
  as $$
    select exists (
      select from staff_naming n
      where n.child_id = child and n.person_id = who and n.from_day <= today and today < n.to_day
        and protection_rank(n.level) >= protection_rank(held))
  $$;

-- Whether anybody of the staff may see a protected child on a day.
create function is_staffed(child uuid, held text, on_day date) returns boolean language sql stable
  as $$
    select exists (
      select from staff_naming n
      join staff_role r on r.person_id = n.person_id
      join enrolment e on e.child_id = n.child_id and e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
      where n.child_id = child and is_named(n.child_id, n.person_id, held, on_day)
        and r.from_day <= on_day and (r.to_day is null or on_day < r.to_day)
        and e.from_day <= on_day and (e.to_day is null or on_day < e.to_day))
  $$;

alter table staff_naming enable row level security;
alter table staff_naming force row level security;
create policy of_the_owner on staff_naming for select to {{owner}} using (true);
create policy of_the_service on staff_naming for select to {{worker}} using (true);
create policy by_who_names on staff_naming for insert to {{worker}} with check (
  ended_by is null and (select access.staff()) is not null
  and (child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])));
create policy at_an_end on staff_naming for update to {{worker}} using (true) with check (true);
grant select, insert on staff_naming to {{worker}};
grant update (child_id, person_id, to_day, ended_by) on staff_naming to {{worker}};
create policy own on staff_naming for select to {{request}} using (person_id = (select access.staff()));
create policy of_a_case on staff_naming for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[]));
grant select on staff_naming to {{request}};

-- How a child is protected is told to whoever has it in their charge as well: it is not protected, or they are named for it.
create policy of_a_charge on case_file for select to {{request}} using (child_id = any ((select access.charges())::uuid[]));

-- Seats are those of every role now, also of one for a whole unit: a unit alone says nothing of who is there today (S-12).
create or replace function access.enter_staff(who uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
  wide uuid[] := '{}';
  charged uuid[] := '{}';
begin
  perform set_config('app.staff', coalesce(who::text, ''), true);
  select coalesce(array_agg(distinct r.unit_id), '{}') into wide from staff_role r
    where r.person_id = who and r.group_id is null and r.from_day <= today and (r.to_day is null or today < r.to_day);
  perform set_config('app.units', wide::text, true);
  -- A child of whom nobody knows how it is protected is nobody's.
  perform set_config('app.seats', coalesce(array_agg(s.child_id || ':' || s.unit_id), '{}')::text, true),
          set_config('app.seat_children', coalesce(array_agg(s.child_id), '{}')::text, true)
    from (
      select distinct e.child_id, e.unit_id from staff_role r
      join enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
      join case_file c on c.child_id = e.child_id
      where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day)
        and e.from_day <= today and (e.to_day is null or today < e.to_day)
        and (c.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG') or is_named(e.child_id, who, c.protection, today))) as s;
  charged := access.seat_children();
  perform set_config('app.charges', charged::text, true);
  perform set_config('app.persons', (select array_agg(p) from (
    select who union select unnest(charged) union
    select g.person_id from access_grant g
      where g.child_id = any (charged) and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on)) as seen (p))::text, true);
  perform set_config('app.seen_units', coalesce(array_agg(distinct r.unit_id), '{}')::text, true) from staff_role r
    where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day);
  perform set_config('app.seen_groups', coalesce(array_agg(distinct s.group_id), '{}')::text, true) from (
    select r.group_id from staff_role r
      where r.person_id = who and r.group_id is not null and r.from_day <= today and (r.to_day is null or today < r.to_day)
    union select g.group_id from child_group g where g.unit_id = any (wide)
    union select unnest(e.group_ids) from enrolment e
      where e.child_id = any (charged) and e.unit_id <> all (wide) and e.child_id || ':' || e.unit_id = any (access.seats())
        and e.from_day <= today and (e.to_day is null or today < e.to_day)) as s (group_id);
end $$;

drop policy grounded on enrolment;
create policy grounded on enrolment for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  or (child_id = any ((select access.seat_children())::uuid[]) and child_id || ':' || unit_id = any ((select access.seats())::text[])));
-- A leader has a part in the case of every child of the unit, and knows by it that the child is there (ADR-04).
create policy of_a_case on enrolment for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) and unit_id = any ((select access.led_units())::uuid[]));

-- Who has a child in their charge, as it is told to its guardians and to an auditor: of a protected one, who is named.
create or replace function access.staff_over(asked uuid[])
  returns table (child_id uuid, role_id uuid, person_id uuid, role text, unit_id uuid, group_id uuid, from_day date, to_day date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.child_id, r.role_id, r.person_id, r.role, r.unit_id, r.group_id, r.from_day, r.to_day
  from enrolment e
  join case_file c on c.child_id = e.child_id
  join staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
  join person p on p.person_id = r.person_id
  where e.child_id = any (asked)
    and (e.child_id = any (access.children()) or (access.audits() and e.child_id <> all (access.not_to_audit())))
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and (c.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')
      or is_named(e.child_id, r.person_id, c.protection, access.today()))
    and not (p.protection in ('FORTROLIG', 'STRENGT_FORTROLIG')
      and e.child_id || ':' || r.person_id = any (access.circle()))
$$;
