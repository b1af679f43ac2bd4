-- What a unit's statutes say of admission (BHG-10), each version whole. A round pins the version that it began with, so that rows are added and
-- never changed.
create table statute (
  id uuid primary key,
  unit_id uuid not null,
  version int not null check (version > 0),
  from_day date not null,
  -- How the unit ranks, in the words of an instance (placement § 4).
  priority jsonb not null check (priority->>'mode' in ('firstMatch', 'lexicographic', 'points')),
  notice_months int not null check (notice_months between 0 and 12),
  keep_waiting boolean not null,
  show_rank boolean not null,
  answer_days int not null check (answer_days between 1 and 60),
  silence_declines boolean not null,
  convertible boolean not null,
  max_seats jsonb not null check (jsonb_typeof(max_seats) = 'object'),
  -- Null once whoever adopted it has been erased (RET-08).
  adopted_by uuid,
  adopted_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (unit_id, version),
  unique (adopted_by, idempotency_key)
);

-- Rows are added and never changed; only who it was may be forgotten: the columns that the trigger names become null.
create function keep_as_added() returns trigger language plpgsql as $$
declare
  forgettable constant text[] := coalesce(tg_argv, '{}');
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - forgettable = to_jsonb(old) - forgettable and not exists (
    select from unnest(forgettable) as name
    where to_jsonb(new) ->> name is not null and to_jsonb(new) ->> name is distinct from to_jsonb(old) ->> name) then
    return new;
  end if;
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger statute_is_kept before update or delete on statute
  for each row execute function keep_as_added('adopted_by');

-- Where the municipality has not opened admission, or has stopped it, nothing is done; where it hides it, nothing is read (X07, D02).
create function units_open() returns uuid[] language sql stable as $$ select access.units_open('PLACEMENT') $$;
create function units_hidden() returns uuid[] language sql stable as $$ select access.units_hidden('PLACEMENT') $$;

-- Units that whoever asks leads today.
create function led_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(r.unit_id), '{}') from access.staff_role r
    where r.unit_id = any ((select access.units())::uuid[]) and r.group_id is null and r.role = 'LEADER'
      and r.person_id = access.person() and r.from_day <= access.today()
      and (r.to_day is null or access.today() < r.to_day)
  $$;

-- Children for whom whoever asks, signed in as a guardian, holds parental responsibility: they alone apply, answer and appeal (BHG-04, S-20).
create function responsible_children() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(g.child_id), '{}') from access.guardian g
    where g.child_id = any ((select access.children())::uuid[]) and g.person_id = access.person()
      and g.ground = 'PARENTAL_RESPONSIBILITY'
  $$;

-- The latest that have begun, of each unit: by these children are admitted, and anybody may check it (BHG-08).
create function statutes_in_force() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from (
    select distinct on (unit_id) id from statute where from_day <= access.today() order by unit_id, version desc) as latest
$$;
revoke all on function statutes_in_force() from public;
grant execute on function statutes_in_force() to {{request}};

alter table statute enable row level security;
alter table statute force row level security;
create policy of_the_owner on statute to {{owner}} using (true) with check (true);
create policy of_a_case_worker on statute for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy of_the_leader on statute for select to {{request}} using (unit_id = any ((select led_units())::uuid[]));
create policy in_force on statute for select to {{request}} using (id = any ((select statutes_in_force())::uuid[]));
create policy unless_hidden on statute as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_case_worker on statute for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and adopted_by = (select access.person()));
create policy while_open on statute as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
grant select, insert on statute to {{request}};

create function erase_person_from_statutes(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update statute set adopted_by = null where adopted_by = erased;
$$;
revoke all on function erase_person_from_statutes(uuid) from public;
grant execute on function erase_person_from_statutes(uuid) to {{worker}};
