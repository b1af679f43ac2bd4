-- That a school follows a pupil's absence up, so that it is present again (ABS-21); a long one is a case of its own kind, which ends no
-- enrolment (ABS-22). Steps are codes, days and who: no words, as they would be sensitive.
create table follow_up (
  id uuid primary key,
  child_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('WORRYING', 'LONG_ABSENCE')),
  -- Null: a threshold has opened it; or they have been erased (RET-08). So are those below.
  opened_by uuid,
  opened_at timestamptz not null default now(),
  outcome text check (outcome in ('PRESENT_AGAIN', 'HANDED_OVER', 'MOVED', 'NOT_NEEDED')),
  closed_by uuid,
  closed_at timestamptz,
  check ((outcome is null) = (closed_at is null)),
  unique (id, child_id, unit_id)
);
create unique index follow_up_open on follow_up (child_id, unit_id, kind) where closed_at is null;
create index follow_up_unit on follow_up (unit_id, opened_at, id) where closed_at is null;

create table follow_up_step (
  id uuid primary key,
  follow_up_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('CALL_HOME', 'TALK_WITH_PUPIL', 'MEETING', 'PLAN', 'SEARCH', 'NOTIFY_MUNICIPALITY')),
  due_on date not null,
  responsible text not null check (responsible in ('CONTACT_TEACHER', 'LEADER')),
  added_by uuid,
  done_on date,
  done_by uuid,
  foreign key (follow_up_id, child_id, unit_id) references follow_up (id, child_id, unit_id) on delete cascade
);
create index follow_up_step_case on follow_up_step (follow_up_id);

alter table threshold add column opens text check (opens in ('WORRYING', 'LONG_ABSENCE'));

-- Whom somebody follows up: pupils of today whose contact teacher they are or whose school they lead, and never their own child (GUA-24).
-- Of a protected one whoever is named for it (ADR-10); of one who has left nobody (RET-01).
create function followed_seats() returns text[] language sql stable as $$
  select coalesce(array_agg(seat), '{}') from unnest(leave_seats_led() || leave_seats_taught()) as seat
  join access.unit on unit.unit_id = split_part(seat, ':', 2)::uuid and unit.kind = 'SCHOOL'
$$;

do $$
declare
  name text;
begin
  foreach name in array array['follow_up', 'follow_up_step'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_staff on %I for select to {{request}} using (
      child_id || '':'' || unit_id = any ((select followed_seats())::text[]))', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
  end loop;
end $$;
create policy by_the_staff on follow_up for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select followed_seats())::text[]) and opened_by = (select access.person()));
create policy by_the_staff on follow_up_step for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select followed_seats())::text[]) and added_by = (select access.person()));
-- What is closed, or done, stays as it is.
create policy of_the_staff_still on follow_up for update to {{request}} using (
  closed_at is null and child_id || ':' || unit_id = any ((select followed_seats())::text[]) and unit_id = any ((select units_open())::uuid[]))
  with check (closed_by = (select access.person()));
create policy of_the_staff_still on follow_up_step for update to {{request}} using (
  done_on is null and child_id || ':' || unit_id = any ((select followed_seats())::text[]) and unit_id = any ((select units_open())::uuid[]))
  with check (done_by = (select access.person()));
create policy by_the_service on follow_up for insert to {{worker}} with check (opened_by is null);
create policy of_the_service on follow_up for select to {{worker}} using (true);

grant select, insert (id, child_id, unit_id, kind, opened_by), update (outcome, closed_by, closed_at) on follow_up to {{request}};
grant select, insert (id, follow_up_id, child_id, unit_id, kind, due_on, responsible, added_by), update (done_on, done_by)
  on follow_up_step to {{request}};
grant insert (opens) on threshold to {{request}};
grant select, insert on follow_up to {{worker}};

create function erase_person_from_follow_ups(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from follow_up where child_id = erased;
  update follow_up set opened_by = null where opened_by = erased;
  update follow_up set closed_by = null where closed_by = erased;
  update follow_up_step set added_by = null where added_by = erased;
  update follow_up_step set done_by = null where done_by = erased;
$$;
revoke all on function erase_person_from_follow_ups(uuid) from public;
grant execute on function erase_person_from_follow_ups(uuid) to {{worker}};
