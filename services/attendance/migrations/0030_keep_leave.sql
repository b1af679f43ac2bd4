-- Leave from school, applied for by a guardian on a form of its own (LEA-05). What it says of why lies apart, as its readers are
-- fewer (LEA-09).
create extension if not exists btree_gist;

create table leave (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  first_day date not null,
  last_day date not null,
  kind text not null check (kind in ('GENERAL', 'HOLY_DAY')),
  hearing text not null check (hearing in ('SAID', 'DID_NOT_WISH', 'NOT_ASKED')),
  is_away_after_school boolean not null,
  -- Who is to decide: the contact teacher, or the leader where it is more than a few days, or a guardian objects.
  decider text not null check (decider in ('CONTACT_TEACHER', 'LEADER')),
  school_day_count int not null check (school_day_count > 0),
  -- What the rows of the three tables below have made of it. Nothing else changes it.
  state text not null default 'APPLIED' check (state in ('APPLIED', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
  decided_at timestamptz,
  ends_before date,
  -- Null once whoever applied has been erased (RET-08).
  applied_by uuid,
  applied_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  check (first_day <= last_day),
  check ((state in ('GRANTED', 'REFUSED')) <= (decided_at is not null)),
  check ((state = 'WITHDRAWN') <= (ends_before is not null)),
  unique (applied_by, idempotency_key),
  unique (id, child_id, unit_id),
  unique (id, child_id, unit_id, decider, kind),
  -- One leave for a day, whoever applies and however many at once.
  constraint leave_of_a_day
    exclude using gist (child_id with =, unit_id with =, daterange(first_day, coalesce(ends_before, last_day + 1)) with &&)
    where (state in ('APPLIED', 'GRANTED'))
);
create index leave_waiting on leave (unit_id, applied_at, id) where state = 'APPLIED';
create index leave_child on leave (child_id, first_day desc, id desc);

-- What was written about it. On a holy day nothing is taken in that could say which faith it is (LEA-04).
create table leave_text (
  id uuid primary key,
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  decider text not null,
  kind text not null,
  part text not null check (part in ('REASON', 'CHILD_VIEW', 'OBJECTION', 'DECISION', 'LETTER')),
  body text not null check (length(body) between 1 and 4000),
  written_by uuid,
  written_at timestamptz not null default now(),
  check (kind = 'GENERAL' or part in ('OBJECTION', 'DECISION', 'LETTER')),
  foreign key (leave_id, child_id, unit_id, decider, kind) references leave (id, child_id, unit_id, decider, kind)
    on update cascade on delete cascade
);
create unique index leave_text_of_a_part on leave_text (leave_id, part) where part <> 'OBJECTION';
create index leave_text_leave on leave_text (leave_id);

-- The other guardian objects; from then on it is the leader's (LEA-07).
create table leave_objection (
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  objected_by uuid not null,
  objected_at timestamptz not null default now(),
  primary key (leave_id, objected_by),
  foreign key (leave_id, child_id, unit_id) references leave (id, child_id, unit_id) on delete cascade
);

-- A decision is one, and is never changed (ADM-10).
create table leave_decision (
  leave_id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  decider text not null,
  kind text not null,
  outcome text not null check (outcome in ('GRANTED', 'REFUSED')),
  exceptions text[] not null check (exceptions <@ array['WEIGHTY_WELFARE_GROUNDS', 'EXAM_DAY']),
  hearing text check (hearing in ('SAID', 'DID_NOT_WISH')),
  school_day_count int not null check (school_day_count >= 0),
  decided_by uuid,
  decided_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  foreign key (leave_id, child_id, unit_id, decider, kind) references leave (id, child_id, unit_id, decider, kind)
    on update cascade on delete cascade
);

create table leave_withdrawal (
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  from_day date not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz not null default now(),
  primary key (leave_id, from_day),
  foreign key (leave_id, child_id, unit_id) references leave (id, child_id, unit_id) on delete cascade
);

-- The school days that were granted, for the quota of the child (LEA-08) and for what is counted of its absence.
create table leave_day (
  child_id uuid not null,
  unit_id uuid not null,
  day date not null,
  leave_id uuid not null,
  kind text not null check (kind in ('GENERAL', 'HOLY_DAY')),
  primary key (child_id, unit_id, day),
  foreign key (leave_id, child_id, unit_id) references leave (id, child_id, unit_id) on delete cascade
);
create index leave_day_leave on leave_day (leave_id);

-- After the insert: of two decisions at once the primary key keeps one.
create function settle_leave_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update leave set state = new.outcome, decided_at = new.decided_at, hearing = coalesce(new.hearing, hearing),
    school_day_count = greatest(new.school_day_count, 1)
  where id = new.leave_id and state = 'APPLIED';
  if not found then
    raise exception 'leave % does not wait for a decision', new.leave_id using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger leave_decision_settles after insert on leave_decision
  for each row execute function settle_leave_decision();

create function settle_leave_objection() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update leave set decider = 'LEADER' where id = new.leave_id and state = 'APPLIED';
  if not found then
    raise exception 'leave % does not wait for a decision', new.leave_id using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger leave_objection_settles after insert on leave_objection
  for each row execute function settle_leave_objection();

create function settle_leave_withdrawal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update leave set ends_before = least(coalesce(ends_before, new.from_day), new.from_day),
    state = case when state = 'APPLIED' or new.from_day <= first_day then 'WITHDRAWN' else state end
  where id = new.leave_id and state in ('APPLIED', 'GRANTED');
  if not found then
    raise exception 'leave % cannot be withdrawn', new.leave_id using errcode = 'restrict_violation';
  end if;
  delete from leave_day where leave_id = new.leave_id and day >= new.from_day;
  return null;
end $$;
create trigger leave_withdrawal_settles after insert on leave_withdrawal
  for each row execute function settle_leave_withdrawal();

create trigger leave_decision_is_kept before update of outcome, exceptions, decided_at on leave_decision
  for each row execute function refuse_change();

-- Seats by which somebody decides, never their own child's (GUA-24). Both stay within what access.enter has found for this
-- request, and run once for a query.
create function leave_seats_led() returns text[] language sql stable
  as $$
    select coalesce(array_agg(e.child_id || ':' || e.unit_id), '{}')
    from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where r.role = 'LEADER' and e.child_id || ':' || e.unit_id = any (access.seats())
      and r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and e.child_id <> all (array(select g.child_id from access.guardian g where g.person_id = access.person()))
  $$;
create function leave_seats_taught() returns text[] language sql stable
  as $$
    select coalesce(array_agg(e.child_id || ':' || e.unit_id), '{}')
    from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and r.group_id = any (e.group_ids)
    where r.role = 'CONTACT_TEACHER' and e.child_id || ':' || e.unit_id = any (access.seats())
      and r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and e.child_id <> all (array(select g.child_id from access.guardian g where g.person_id = access.person()))
  $$;

do $$
declare
  name text;
begin
  foreach name in array array['leave', 'leave_text', 'leave_objection', 'leave_decision', 'leave_withdrawal', 'leave_day'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
  end loop;
  foreach name in array array['leave', 'leave_decision', 'leave_withdrawal', 'leave_day'] loop
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select access.children())::uuid[]))', name);
    execute format($policy$create policy of_who_decides on %I for select to {{request}} using (
      child_id || ':' || unit_id = any ((select leave_seats_led())::text[])
      or child_id || ':' || unit_id = any ((select leave_seats_taught())::text[]))$policy$, name);
  end loop;
end $$;

create policy by_a_guardian on leave for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and applied_by = (select access.person()));
create policy while_open on leave as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));

create policy of_its_writer on leave_text for select to {{request}} using (
  written_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));
create policy of_a_guardian on leave_text for select to {{request}} using (
  part = 'LETTER' and child_id = any ((select access.children())::uuid[]));
create policy of_who_decides on leave_text for select to {{request}} using (
  child_id || ':' || unit_id = any ((select leave_seats_led())::text[])
  or (decider = 'CONTACT_TEACHER' and child_id || ':' || unit_id = any ((select leave_seats_taught())::text[])));
create policy by_a_guardian on leave_text for insert to {{request}} with check (
  part in ('REASON', 'CHILD_VIEW', 'OBJECTION') and written_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));
create policy by_who_decides on leave_text for insert to {{request}} with check (
  part = 'DECISION' and written_by = (select access.person()) and (
    child_id || ':' || unit_id = any ((select leave_seats_led())::text[])
    or (decider = 'CONTACT_TEACHER' and child_id || ':' || unit_id = any ((select leave_seats_taught())::text[]))));

-- Who objects is told to whoever decides, and to the other guardian not.
create policy of_a_guardian on leave_objection for select to {{request}} using (
  objected_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));
create policy of_who_decides on leave_objection for select to {{request}} using (
  child_id || ':' || unit_id = any ((select leave_seats_led())::text[]));
create policy by_a_guardian on leave_objection for insert to {{request}} with check (
  objected_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));

create policy by_who_decides on leave_decision for insert to {{request}} with check (
  decided_by = (select access.person()) and (
    child_id || ':' || unit_id = any ((select leave_seats_led())::text[])
    or (decider = 'CONTACT_TEACHER' and child_id || ':' || unit_id = any ((select leave_seats_taught())::text[]))));
create policy by_a_guardian on leave_withdrawal for insert to {{request}} with check (
  withdrawn_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));

create policy of_the_service on leave_day for insert to {{worker}} with check (true);

grant select on leave, leave_text, leave_objection, leave_decision, leave_withdrawal, leave_day to {{request}};
grant insert (id, child_id, unit_id, first_day, last_day, kind, hearing, is_away_after_school, decider, school_day_count,
  applied_by, idempotency_key) on leave to {{request}};
grant insert (id, leave_id, child_id, unit_id, decider, kind, part, body, written_by) on leave_text to {{request}};
grant insert (leave_id, child_id, unit_id, objected_by) on leave_objection to {{request}};
grant insert (leave_id, child_id, unit_id, decider, kind, outcome, exceptions, hearing, school_day_count, decided_by,
  idempotency_key) on leave_decision to {{request}};
grant insert (leave_id, child_id, unit_id, from_day, withdrawn_by) on leave_withdrawal to {{request}};
grant insert on leave_day to {{worker}};

-- What a child has had of leave in a school year, at whichever school (LEA-08): a number, for its guardians and for who decides.
create function leave_used(child uuid, year_from date, year_to date) returns table (granted int, asked int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select
    (select count(*)::int from leave_day d where d.child_id = child and d.kind = 'GENERAL' and d.day >= year_from and d.day < year_to),
    (select coalesce(sum(l.school_day_count), 0)::int from leave l where l.child_id = child and l.kind = 'GENERAL'
      and l.state = 'APPLIED' and l.first_day >= year_from and l.first_day < year_to)
  where child = any (access.children())
    or exists (select from unnest(leave_seats_led() || leave_seats_taught()) seat where split_part(seat, ':', 1)::uuid = child)
$$;
revoke all on function leave_used(uuid, date, date) from public;
grant execute on function leave_used(uuid, date, date) to {{request}};

-- A child's leave goes with the child; of others' it is forgotten who wrote, objected and decided (RET-08).
create function erase_person_from_leave(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from leave where child_id = erased;
  update leave set applied_by = null where applied_by = erased;
  update leave_text set written_by = null where written_by = erased;
  delete from leave_objection where objected_by = erased;
  update leave_decision set decided_by = null where decided_by = erased;
  update leave_withdrawal set withdrawn_by = null where withdrawn_by = erased;
$$;
revoke all on function erase_person_from_leave(uuid) from public;
grant execute on function erase_person_from_leave(uuid) to {{worker}};
