-- What staff have seen: who was there. Each mark says the whole of a slot, which is a lesson or the day. Marks of a slot make a
-- chain, and the last of it counts; those before it are its trace. A mark is added and never changed.
create table mark (
  -- Made where the mark was made, without a network too.
  id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  day date not null,
  -- The lesson's id, or DAY.
  slot text not null check (slot = 'DAY' or slot ~ '^[0-9a-f]{8}-'),
  -- The place in the chain. Null: made by somebody who did not know what stood, and said something else. Both are kept, and staff
  -- are asked (T25).
  nth int check (nth > 0),
  -- Marks outside the chain that this one settles.
  settles uuid[] not null default '{}',
  standing text not null check (standing in ('PRESENT', 'ABSENT', 'ELSEWHERE')),
  came time,
  went time check (went >= came),
  check (standing <> 'ABSENT' or (came is null and went is null)),
  -- Not checked out, and closed at midnight (ABS-16).
  is_by_clock boolean not null default false,
  -- Null: by the clock, or once they have been erased.
  marked_by uuid,
  -- By the clock of where it was made.
  marked_at timestamptz not null,
  taken_at timestamptz not null default now(),
  primary key (day, id)
) partition by range (day);
-- Whatever comes at once and however often: a slot has one first mark, and each has one that follows it (S-22).
create unique index mark_chain on mark (child_id, unit_id, day, slot, nth);
create index mark_unit_day on mark (unit_id, day);

alter table mark enable row level security;
alter table mark force row level security;

-- Makes what is missing of a part for each school year, 1 August to 31 July, up to the one in which a day lies. Whoever asks a
-- part by its own name is shown nothing.
create function make_school_years(until date) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  year int := extract(year from now() - interval '7 months')::int - 1;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('make_school_years', 0));
  while make_date(year, 8, 1) <= least(until, (now() + interval '5 years')::date) loop
    if to_regclass('public.mark_' || year) is null then
      execute format('create table %I.%I partition of public.mark for values from (%L) to (%L)', 'public',
        'mark_' || year, make_date(year, 8, 1), make_date(year + 1, 8, 1));
      execute format('alter table %I.%I enable row level security', 'public', 'mark_' || year);
      execute format('alter table %I.%I force row level security', 'public', 'mark_' || year);
      made := made + 1;
    end if;
    year := year + 1;
  end loop;
  return made;
end $$;
revoke all on function make_school_years(date) from public;
grant execute on function make_school_years(date) to {{worker}};
select make_school_years((now() + interval '1 year')::date);

-- Seats of which whoever asks says who is there: those in their charge by a role that is with the children.
create function marked_seats() returns text[] language sql stable
  as $$
    select coalesce(array_agg(distinct e.child_id || ':' || e.unit_id), '{}') from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where r.role in ('LEADER', 'CONTACT_TEACHER', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'KINDERGARTEN')
      and r.person_id = access.person() and e.child_id || ':' || e.unit_id = any (access.seats())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;

create policy of_the_staff on mark for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_the_staff on mark for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[])
  and marked_by = (select access.person()) and not is_by_clock);
create policy unless_hidden on mark as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on mark as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_owner on mark to {{owner}} using (true) with check (true);
grant select on mark to {{request}};
grant insert (id, child_id, unit_id, day, slot, nth, settles, standing, came, went, marked_by, marked_at) on mark to {{request}};

-- Who of the staff has a board open for them on which some child stands: by their role, and of a protected child by name alone
-- (ADR-10). To tell them that there is something to read anew, and about children whom whoever asks has a ground for.
create function watchers_of(at_unit uuid, children uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select coalesce(array_agg(distinct r.person_id), '{}') from access.enrolment e
    join access.staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where e.unit_id = at_unit and e.child_id = any (children)
      and (e.child_id = any (access.children()) or e.child_id || ':' || e.unit_id = any (access.seats()))
      and (e.named_staff is null or access.is_named(e.named_staff, r.person_id, access.today()))
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;
revoke all on function watchers_of(uuid, uuid[]) from public;
grant execute on function watchers_of(uuid, uuid[]) to {{request}};

-- Takes away a child's marks; of others', who made them (RET-08).
create function erase_person_from_register(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from mark where child_id = erased;
  update mark set marked_by = null where marked_by = erased;
$$;
revoke all on function erase_person_from_register(uuid) from public;
grant execute on function erase_person_from_register(uuid) to {{worker}};
create index mark_marked_by on mark (marked_by);
