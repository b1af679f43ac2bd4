-- Which children of the age for cash benefit (kontantstøtte) had which place, for the list that is reported each month (BHG-24). Kept apart from places, as it stays
-- until the month after a child turns six (RET-06) while everything else of it goes when its time is over (RET-01): what the list has, and nothing else.
create table benefit_line (
  id bigint generated always as identity primary key,
  place_id uuid not null,
  child_id uuid not null,
  -- As it was known; null where nobody had told it yet.
  born_on date,
  unit_id uuid not null,
  weekly_hours int,
  from_day date not null,
  to_day date,
  noted_at timestamptz not null default now(),
  -- Of a child who was kept apart when it was erased: who that was, nobody can ask any more.
  was_kept_apart boolean not null default false
);
create index benefit_line_of_place on benefit_line (place_id, id desc);
create index benefit_line_of_child on benefit_line (child_id);

alter table benefit_line enable row level security;
alter table benefit_line force row level security;
create policy of_the_owner on benefit_line to {{owner}} using (true) with check (true);
create policy of_the_service on benefit_line to {{worker}} using (true) with check (true);
grant select, delete on benefit_line to {{worker}};

-- Added and never changed: how a place stood before stays, and the last line of a place counts.
create function note_for_benefit() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into benefit_line (place_id, child_id, born_on, unit_id, weekly_hours, from_day, to_day)
  select c.id, c.child_id, f.born_on, c.unit_id, c.weekly_hours, c.from_day, c.to_day
  from changed c left join child_facts f using (child_id)
    left join lateral (
      select l.* from benefit_line l where l.place_id = c.id order by l.id desc limit 1) as last on true
  where c.care = 'KINDERGARTEN'
    and (f.born_on is null or f.born_on + interval '3 years' > c.from_day)
    and (last.id is null or (last.unit_id, last.weekly_hours, last.from_day, last.to_day)
      is distinct from (c.unit_id, c.weekly_hours, c.from_day, c.to_day));
  return null;
end $$;
revoke all on function note_for_benefit() from public;
create trigger is_noted_for_benefit_when_added after insert on place
  referencing new table as changed for each statement execute function note_for_benefit();
create trigger is_noted_for_benefit_when_changed after update on place
  referencing new table as changed for each statement execute function note_for_benefit();

-- Before anything else of the child goes, by which it is known.
create function keep_benefit_lines_of_erased(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update benefit_line l set was_kept_apart = l.was_kept_apart or is_kept_apart(erased),
    born_on = coalesce(l.born_on, (select f.born_on from child_facts f where f.child_id = erased))
  where l.child_id = erased
$$;
revoke all on function keep_benefit_lines_of_erased(uuid) from public;
grant execute on function keep_benefit_lines_of_erased(uuid) to {{worker}};

-- How places stood in a month, each as it is known now: for case workers, and of protected children for protection officers (ADR-04).
create function benefit_lines(first_day date, next_month date)
  returns table (place_id uuid, child_id uuid, born_on date, unit_id uuid, weekly_hours int, from_day date, to_day date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with last as (
    select distinct on (l.place_id) l.* from benefit_line l order by l.place_id, l.id desc)
  select l.place_id, l.child_id, coalesce(l.born_on, f.born_on), l.unit_id, l.weekly_hours, l.from_day, l.to_day
  from last l left join child_facts f using (child_id)
  where l.from_day < next_month and (l.to_day is null or l.to_day >= first_day) and l.to_day is distinct from l.from_day
    and ('CASE_WORKER' = any ((select access.municipal())::text[])
        and not l.was_kept_apart and l.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
      or 'PROTECTION_OFFICER' = any ((select access.municipal())::text[]) and l.was_kept_apart
      or l.child_id = any ((select children_of_officers())::uuid[]))
$$;
revoke all on function benefit_lines(date, date) from public;
grant execute on function benefit_lines(date, date) to {{request}};

insert into benefit_line (place_id, child_id, born_on, unit_id, weekly_hours, from_day, to_day)
select p.id, p.child_id, f.born_on, p.unit_id, p.weekly_hours, p.from_day, p.to_day
from place p left join child_facts f using (child_id) where p.care = 'KINDERGARTEN';
