-- What case workers decide by hand in a round. It holds before anything is allocated, so that the rest stays fair around it (placement § 10).
-- Added and never changed: the last word on seats counts, and what is taken back stays with who took it back.
create table round_override (
  id uuid primary key,
  nth bigint generated always as identity unique,
  round_id uuid not null references admission_round,
  kind text not null check (kind in ('PIN', 'BAR', 'SEATS')),
  -- The row stays when its application is erased, and then is about nobody.
  application_id uuid,
  unit_id uuid not null,
  age_group text check (age_group in ('SMALL', 'LARGE', 'SFO')),
  seats int check (seats >= 0),
  reason text not null check (length(reason) between 1 and 2000),
  -- Null once they have been erased (RET-08). So are those below.
  decided_by uuid,
  decided_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (decided_by, idempotency_key),
  check ((kind = 'SEATS') = (application_id is null)),
  check ((kind = 'SEATS') = (age_group is not null) and (kind = 'SEATS') = (seats is not null))
);
create index round_override_round on round_override (round_id, nth);

-- Where the round asks for two, what one decides holds from when another has approved it.
create table round_override_approval (
  override_id uuid primary key references round_override,
  approved_by uuid,
  approved_at timestamptz not null
);

create table round_override_withdrawal (
  override_id uuid primary key references round_override,
  reason text not null check (length(reason) between 1 and 2000),
  withdrawn_by uuid,
  withdrawn_at timestamptz not null
);

-- Whether a child has the right to a place where the register does not tell where it lives (BHG-03): the last decision counts.
create table right_decision (
  id uuid primary key,
  nth bigint generated always as identity unique,
  application_id uuid not null,
  child_id uuid not null,
  round_id uuid not null,
  has_right boolean not null,
  reason text not null check (length(reason) between 1 and 2000),
  decided_by uuid,
  decided_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (decided_by, idempotency_key),
  foreign key (application_id, child_id, round_id) references placement_application (id, child_id, round_id) on delete cascade
);
create index right_decision_last on right_decision (application_id, nth desc);

create trigger round_override_is_kept before update or delete on round_override
  for each row execute function keep_as_added('decided_by');
create trigger round_override_approval_is_kept before update or delete on round_override_approval
  for each row execute function keep_as_added('approved_by');
create trigger round_override_withdrawal_is_kept before update or delete on round_override_withdrawal
  for each row execute function keep_as_added('withdrawn_by');
create trigger right_decision_is_kept before update on right_decision
  for each row execute function keep_as_added('decided_by');

-- Until the round is allocated; nobody moves it meanwhile. Whoever is barred here was overtaken, and is told so when they look again.
create function decide_by_hand_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  told constant jsonb := to_jsonb(new);
  of_round uuid;
begin
  select o.round_id into of_round from round_override o where o.id = (told ->> 'override_id')::uuid;
  perform from admission_round r where r.id = coalesce(of_round, (told ->> 'round_id')::uuid)
    and (r.state in ('DRAFT', 'OPEN', 'CLOSED') or (tg_table_name = 'right_decision' and r.state = 'ALLOCATED')) for share;
  if not found then
    raise exception 'nothing of the round is decided by hand now' using errcode = 'insufficient_privilege';
  end if;
  if tg_table_name = 'round_override' and not exists (
    select from round_unit u where u.round_id = (told ->> 'round_id')::uuid and u.unit_id = (told ->> 'unit_id')::uuid) then
    raise exception 'the unit takes no part in the round' using errcode = 'insufficient_privilege';
  end if;
  if tg_table_name = 'round_override' and told ->> 'application_id' is not null and not exists (
    select from placement_application a where a.id = (told ->> 'application_id')::uuid and a.round_id = (told ->> 'round_id')::uuid) then
    raise exception 'the application is of another round' using errcode = 'insufficient_privilege';
  end if;
  if tg_table_name = 'round_override_approval' and not exists (
    select from round_override o where o.id = (told ->> 'override_id')::uuid and o.decided_by <> (told ->> 'approved_by')::uuid) then
    raise exception 'a second person approves' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function decide_by_hand_in_time() from public;
do $$
declare
  name text;
begin
  foreach name in array array['round_override', 'round_override_approval', 'round_override_withdrawal', 'right_decision'] loop
    execute format('create trigger %I before insert on %I for each row execute function decide_by_hand_in_time()', name || '_in_time', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select, insert on %I to {{request}}', name);
    execute format('grant select on %I to {{worker}}', name);
  end loop;
end $$;

-- What is about a child whom a case worker does not meet is not there for them either (ADR-03, GUA-24): its application says so.
create function applications_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from placement_application where submitted_at is not null $$;
create function overrides_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from round_override $$;
create policy of_a_case_worker on round_override for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[])
  and (application_id is null or application_id = any ((select applications_seen())::uuid[])));
create policy of_a_case_worker on round_override_approval for select to {{request}} using (
  override_id = any ((select overrides_seen())::uuid[]));
create policy of_a_case_worker on round_override_withdrawal for select to {{request}} using (
  override_id = any ((select overrides_seen())::uuid[]));
create policy of_a_case_worker on right_decision for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));

create policy by_a_case_worker on round_override for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and decided_by = (select access.person())
  and (application_id is null or application_id = any ((select applications_seen())::uuid[])));
create policy by_a_case_worker on round_override_approval for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and approved_by = (select access.person())
  and override_id = any ((select overrides_seen())::uuid[]));
create policy by_a_case_worker on round_override_withdrawal for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and withdrawn_by = (select access.person())
  and override_id = any ((select overrides_seen())::uuid[]));
create policy by_a_case_worker on right_decision for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and decided_by = (select access.person())
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
