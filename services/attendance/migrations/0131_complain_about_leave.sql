-- A decision is replaced by another that names it, and is never changed (ADM-10): `nth` counts those of a leave. What one says of which days
-- stand: from `starts_on`, where that is not the first, until before `ends_before`, where that is not after the last.
alter table leave add starts_on date;
alter table leave_decision add nth int not null default 1 check (nth between 1 and 20),
  add starts_on date, add ends_before date;
alter table leave_decision drop constraint leave_decision_pkey, add primary key (leave_id, nth);
drop trigger leave_decision_is_kept on leave_decision;
create trigger leave_decision_is_kept before update of nth, outcome, exceptions, starts_on, ends_before, decided_at on leave_decision
  for each row execute function refuse_change();
alter table leave_letter add nth int not null default 1;
alter table leave_letter drop constraint leave_letter_leave_id_person_id_key, add unique (leave_id, person_id, nth);

-- A guardian complains about a decision: alone, once, and late as well (ADM-05, ADM-06).
create table leave_complaint (
  id uuid primary key,
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  nth int not null,
  is_late boolean not null,
  -- Null once whoever complained has been erased (RET-08).
  complained_by uuid,
  complained_at timestamptz not null default now(),
  unique (leave_id, nth, complained_by),
  unique (id, leave_id, child_id, unit_id),
  foreign key (leave_id, nth) references leave_decision (leave_id, nth) on delete cascade,
  foreign key (leave_id, child_id, unit_id) references leave (id, child_id, unit_id) on delete cascade
);
create index leave_complaint_unit on leave_complaint (unit_id);

-- The leader stands by what was decided, and sends the case on to whoever decides on complaints (ADM-04).
create table leave_forwarding (
  complaint_id uuid primary key,
  leave_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  forwarded_by uuid,
  forwarded_at timestamptz not null default now(),
  foreign key (complaint_id, leave_id, child_id, unit_id) references leave_complaint (id, leave_id, child_id, unit_id) on delete cascade
);

alter table leave_text add nth int not null default 1, add complaint_id uuid references leave_complaint on delete cascade;
alter table leave_text drop constraint leave_text_part_check, add constraint leave_text_part_check
  check (part in ('REASON', 'CHILD_VIEW', 'OBJECTION', 'DECISION', 'LETTER', 'COMPLAINT', 'NOTE'));
alter table leave_text add constraint leave_text_of_a_complaint check ((part in ('COMPLAINT', 'NOTE')) = (complaint_id is not null));
drop index leave_text_of_a_part;
create unique index leave_text_of_a_part on leave_text (leave_id, nth, part) where part in ('REASON', 'CHILD_VIEW', 'DECISION', 'LETTER');
create unique index leave_text_of_a_complaint on leave_text (complaint_id, part);
-- A complaint about a holy day goes without words, as an objection does (LEA-04).
alter table leave_text drop constraint leave_text_of_a_holy_day, add constraint leave_text_of_a_holy_day
  check (kind = 'GENERAL' or part in ('DECISION', 'LETTER', 'NOTE'));

-- The first decision is on what waits for one. Another replaces the one before: to the worse of nobody unless somebody complained.
create or replace function settle_leave_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.nth = 1 then
    update leave set state = new.outcome, decided_at = new.decided_at, hearing = coalesce(new.hearing, hearing),
      school_day_count = greatest(new.school_day_count, 1), starts_on = new.starts_on, ends_before = new.ends_before
    where id = new.leave_id and state = 'APPLIED';
  else
    update leave set state = new.outcome, decided_at = new.decided_at, hearing = coalesce(new.hearing, hearing),
      school_day_count = greatest(new.school_day_count, 1), starts_on = new.starts_on, ends_before = new.ends_before
    where id = new.leave_id and state in ('GRANTED', 'REFUSED')
      and exists (select from leave_decision before where before.leave_id = new.leave_id and before.nth = new.nth - 1)
      and (new.outcome = 'GRANTED' or exists (
        select from leave_complaint where leave_id = new.leave_id and nth = new.nth - 1));
  end if;
  if not found then
    raise exception 'leave % does not wait for a decision', new.leave_id using errcode = 'restrict_violation';
  end if;
  delete from leave_day where leave_id = new.leave_id
    and (day < coalesce(new.starts_on, day) or day >= coalesce(new.ends_before, 'infinity'));
  return null;
end $$;

-- Whoever complains does so about what stands, and the leader prepares it.
create function settle_leave_complaint() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update leave set decider = 'LEADER' where id = new.leave_id and state in ('GRANTED', 'REFUSED')
    and not exists (select from leave_decision after where after.leave_id = new.leave_id and after.nth > new.nth);
  if not found then
    raise exception 'leave % has no such decision', new.leave_id using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger leave_complaint_settles after insert on leave_complaint
  for each row execute function settle_leave_complaint();

do $$
declare
  name text;
begin
  foreach name in array array['leave_complaint', 'leave_forwarding'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select access.children())::uuid[]))', name);
    execute format('create policy of_the_leader on %I for select to {{request}} using (
      child_id || '':'' || unit_id = any ((select leave_seats_led())::text[]))', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
  end loop;
end $$;
create policy by_a_guardian on leave_complaint for insert to {{request}} with check (
  complained_by = (select access.person()) and child_id = any ((select access.children())::uuid[]));
create policy by_the_leader on leave_forwarding for insert to {{request}} with check (
  forwarded_by = (select access.person()) and child_id || ':' || unit_id = any ((select leave_seats_led())::text[]));
-- To replace a decision is the leader's.
create policy again_by_the_leader on leave_decision as restrictive for insert to {{request}} with check (
  nth = 1 or child_id || ':' || unit_id = any ((select leave_seats_led())::text[]));

drop policy by_a_guardian on leave_text;
create policy by_a_guardian on leave_text for insert to {{request}} with check (
  part in ('REASON', 'CHILD_VIEW', 'OBJECTION', 'COMPLAINT') and written_by = (select access.person())
  and child_id = any ((select access.children())::uuid[]));
create policy by_the_leader on leave_text for insert to {{request}} with check (
  part = 'NOTE' and written_by = (select access.person())
  and child_id || ':' || unit_id = any ((select leave_seats_led())::text[]));
-- What the leader writes of a complaint is for whoever complained as well (fvl. § 33), and for no other guardian.
create function own_leave_complaints() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from leave_complaint where complained_by = access.person() $$;
create policy of_who_complained on leave_text for select to {{request}} using (
  part = 'NOTE' and child_id = any ((select access.children())::uuid[])
  and complaint_id = any ((select own_leave_complaints())::uuid[]));

grant select on leave_complaint, leave_forwarding to {{request}}, {{worker}};
grant insert (id, leave_id, child_id, unit_id, nth, is_late, complained_by) on leave_complaint to {{request}};
grant insert (complaint_id, leave_id, child_id, unit_id, forwarded_by) on leave_forwarding to {{request}};
grant insert (nth, complaint_id) on leave_text to {{request}};
grant insert (nth, starts_on, ends_before) on leave_decision to {{request}};
grant insert (nth) on leave_text to {{worker}};

create or replace function erase_person_from_leave(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from leave where child_id = erased;
  update leave set applied_by = null where applied_by = erased;
  update leave_text set written_by = null where written_by = erased;
  delete from leave_objection where objected_by = erased;
  update leave_decision set decided_by = null where decided_by = erased;
  update leave_withdrawal set withdrawn_by = null where withdrawn_by = erased;
  update leave_complaint set complained_by = null where complained_by = erased;
  update leave_forwarding set forwarded_by = null where forwarded_by = erased;
  delete from leave_letter where person_id = erased;
$$;
