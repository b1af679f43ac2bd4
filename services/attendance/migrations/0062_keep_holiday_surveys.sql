-- A kindergarten or an after-school unit asks home who comes on days of a holiday, until a deadline (T19).
create table holiday_survey (
  id uuid primary key,
  unit_id uuid not null,
  -- The days that are asked about: those of the period on which the unit is open.
  days date[] not null check (cardinality(days) between 1 and 100),
  asks_half_days boolean not null,
  -- Empty: all groups.
  group_ids uuid[] not null,
  answer_until timestamptz not null,
  -- Null once they have been erased (RET-08).
  opened_by uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  opened_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  -- What home is told of next, and when. DONE: of nothing any more.
  next_notice text not null default 'OPENING' check (next_notice in ('OPENING', 'REMINDER', 'DONE')),
  look_at timestamptz not null default now(),
  remind_at timestamptz not null,
  reminder_id uuid not null default uuidv7(),
  unique (opened_by, idempotency_key)
);
create index holiday_survey_unit on holiday_survey (unit_id);
create index holiday_survey_due on holiday_survey (look_at) where next_notice <> 'DONE';

-- What home, or staff on its word, says of a day: added and never changed. The last one counts, and the others are its trace.
create table holiday_answer (
  nth bigint generated always as identity primary key,
  survey_id uuid not null references holiday_survey on delete cascade,
  child_id uuid not null,
  unit_id uuid not null,
  day date not null,
  part text not null check (part in ('NONE', 'WHOLE', 'MORNING', 'AFTERNOON')),
  is_by_staff boolean not null,
  -- Null once they have been erased (RET-08).
  answered_by uuid,
  answered_at timestamptz not null default now()
);
create index holiday_answer_survey on holiday_answer (survey_id, child_id, day);
create index holiday_answer_unit on holiday_answer (unit_id, day);
create index holiday_answer_child on holiday_answer (child_id);
create index holiday_answer_by on holiday_answer (answered_by);

-- The units at which whoever asks is a guardian of somebody.
create function own_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct unit_id), '{}') from access.enrolment where child_id = any (access.children())
  $$;

alter table holiday_survey enable row level security;
alter table holiday_survey force row level security;
create policy of_a_guardian on holiday_survey for select to {{request}} using (unit_id = any ((select own_units())::uuid[]));
create policy of_the_staff on holiday_survey for select to {{request}} using (unit_id = any ((select staffed_units())::uuid[]));
create policy by_the_leader on holiday_survey for insert to {{request}} with check (
  unit_id = any ((select led_units())::uuid[]) and opened_by = (select access.person()));
create policy of_the_leader on holiday_survey for update to {{request}} using (unit_id = any ((select led_units())::uuid[]));
create policy unless_hidden on holiday_survey as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on holiday_survey as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on holiday_survey as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on holiday_survey to {{worker}} using (true) with check (true);
create policy of_the_owner on holiday_survey to {{owner}} using (true) with check (true);
grant select, insert (id, unit_id, days, asks_half_days, group_ids, answer_until, opened_by, idempotency_key, remind_at),
  update (withdrawn_at) on holiday_survey to {{request}};
grant select, delete, update (next_notice, look_at) on holiday_survey to {{worker}};

alter table holiday_answer enable row level security;
alter table holiday_answer force row level security;
create policy of_a_guardian on holiday_answer for select to {{request}} using (child_id = any ((select access.children())::uuid[]));
create policy of_the_staff on holiday_answer for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_a_guardian on holiday_answer for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and answered_by = (select access.person()) and not is_by_staff);
create policy by_the_staff on holiday_answer for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]) and answered_by = (select access.person()) and is_by_staff);
create policy unless_hidden on holiday_answer as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on holiday_answer as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on holiday_answer to {{worker}} using (true);
create policy of_the_owner on holiday_answer to {{owner}} using (true) with check (true);
grant select, insert (survey_id, child_id, unit_id, day, part, is_by_staff, answered_by) on holiday_answer to {{request}};
grant select on holiday_answer to {{worker}};

-- Late, through staff alone; and of nothing that is not asked.
create function answer_what_is_asked() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from holiday_survey survey
    where survey.id = new.survey_id and survey.unit_id = new.unit_id and new.day = any (survey.days)
      and survey.withdrawn_at is null and (new.is_by_staff or now() < survey.answer_until)
    for share;
  if not found then
    raise exception 'survey % does not ask this', new.survey_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function answer_what_is_asked() from public;
create trigger holiday_answer_to_what_is_asked before insert on holiday_answer
  for each row execute function answer_what_is_asked();

create or replace function erase_person_from_asking(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from still_sick where child_id = erased;
  delete from days_feed where erased in (person_id, child_id);
  delete from holiday_answer where child_id = erased;
  update holiday_answer set answered_by = null where answered_by = erased;
  update holiday_survey set opened_by = null where opened_by = erased;
$$;
