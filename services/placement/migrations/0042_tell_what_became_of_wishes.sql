-- What became of each wish when a round was published, and why (placement § 7). Written then, once, and read by guardians from then on.
create table wish_outcome (
  application_id uuid not null,
  rank int not null check (rank > 0),
  child_id uuid not null,
  round_id uuid not null,
  run_id uuid not null references run,
  unit_id uuid not null,
  age_group text not null check (age_group in ('SMALL', 'LARGE', 'SFO')),
  -- BY_HAND: the engine was not asked.
  outcome text not null check (outcome in ('OFFERED', 'NOT_NEEDED', 'REJECTED', 'BY_HAND')),
  -- Of the open pool, where the wish was rejected; and what decided it.
  seats int check (seats >= 0),
  decided_by text check (decided_by ~ '^[A-Za-z]+(:[A-Za-z0-9_-]+)?$'),
  -- A priority that the last admitted child had, where enough children have it that it could be anybody's and it says nothing of anybody's health.
  last_priority text check (last_priority not in ('law18', 'stress')),
  is_touched_by_hand boolean not null,
  primary key (application_id, rank),
  foreign key (application_id, child_id, round_id) references placement_application (id, child_id, round_id) on delete cascade,
  foreign key (round_id, unit_id) references round_unit (round_id, unit_id),
  check ((outcome = 'REJECTED') = (seats is not null) and (outcome = 'REJECTED') = (decided_by is not null))
);
create index wish_outcome_child on wish_outcome (child_id);

-- Ranks, which guardians are told only where the unit tells them (BHG-20).
create table wish_rank (
  application_id uuid not null,
  rank int not null,
  child_id uuid not null,
  is_shown boolean not null,
  applicants int not null,
  place int not null,
  last_admitted_place int,
  queue int not null,
  primary key (application_id, rank),
  foreign key (application_id, rank) references wish_outcome (application_id, rank) on delete cascade
);

create trigger wish_outcome_is_kept before update on wish_outcome for each row execute function keep_as_added();
create trigger wish_rank_is_kept before update on wish_rank for each row execute function keep_as_added();

do $$
declare
  name text;
begin
  foreach name in array array['wish_outcome', 'wish_rank'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      application_id <> all ((select applications_hidden())::uuid[]))', name);
    -- The service publishes, and in nobody else''s name than that of who does it.
    execute format($policy$create policy by_a_case_worker on %I for insert to {{worker}} with check (
      'CASE_WORKER' = any ((select access.municipal())::text[]))$policy$, name);
    execute format('grant select on %I to {{request}}, {{worker}}', name);
    execute format('grant insert on %I to {{worker}}', name);
  end loop;
end $$;
create policy of_a_guardian on wish_outcome for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[]));
create policy of_a_guardian on wish_rank for select to {{request}} using (
  is_shown and child_id = any ((select responsible_children())::uuid[]));

-- What was decided stands; who decided it is forgotten. Of a child's wishes goes what became of them, with its application (RET-08).
create function erase_person_from_runs(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update round_override set decided_by = null where decided_by = erased;
  update round_override_approval set approved_by = null where approved_by = erased;
  update round_override_withdrawal set withdrawn_by = null where withdrawn_by = erased;
  update right_decision set decided_by = null where decided_by = erased;
  update scenario set saved_by = null where saved_by = erased;
  update run set made_by = null where made_by = erased;
$$;
revoke all on function erase_person_from_runs(uuid) from public;
grant execute on function erase_person_from_runs(uuid) to {{worker}};
