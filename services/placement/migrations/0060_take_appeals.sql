-- Appeals against decisions on admission (placement § 8, BHG-16 to BHG-18). The rows of the two tables below are added and never changed but for
-- the state, which the moves make.
create table appeal (
  id uuid primary key,
  application_id uuid not null references placement_application (id) on delete cascade,
  child_id uuid not null,
  round_id uuid not null references admission_round (id),
  -- The unit that was wished for and not got; one appeal about each.
  unit_id uuid not null,
  grounds text not null check (length(grounds) between 1 and 8000),
  state text not null check (state in ('RECEIVED', 'LATE', 'UPHELD', 'REJECTED', 'FORWARDED', 'CLOSED')),
  -- From then on the child is ahead of others on the unit's lists, behind priority by law (BHG-18).
  is_upheld boolean not null default false,
  -- Null once they have been erased (RET-08). So are those below.
  appealed_by uuid,
  received_at timestamptz not null,
  unique (application_id, unit_id),
  unique (id, child_id)
);
create index appeal_child on appeal (child_id);
create index appeal_round on appeal (round_id, received_at, id);

create table appeal_move (
  appeal_id uuid not null,
  nth int not null check (nth > 0),
  child_id uuid not null,
  move text not null check (move in ('HEAR_OWNER', 'ADMIT', 'DISMISS', 'UPHOLD', 'REJECT', 'FORWARD', 'CLOSE')),
  to_state text not null check (to_state in ('RECEIVED', 'LATE', 'UPHELD', 'REJECTED', 'FORWARDED', 'CLOSED')),
  upholds boolean not null,
  -- Why; of whoever owns the unit what they say, of the body that decides on appeals what it has decided (BHG-17).
  reason text not null check (length(reason) between 1 and 8000),
  made_by uuid,
  made_at timestamptz not null,
  primary key (appeal_id, nth),
  foreign key (appeal_id, child_id) references appeal (id, child_id) on delete cascade
);
create trigger appeal_move_is_kept before update on appeal_move for each row execute function keep_as_added('made_by');

-- To add a move is to make it. Whoever is barred was overtaken, and is told where the appeal stands when they look again.
create function move_appeal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update appeal a set state = new.to_state, is_upheld = a.is_upheld or new.upholds
  where a.id = new.appeal_id and (new.move, a.state, new.to_state) in (
      ('HEAR_OWNER', 'RECEIVED', 'RECEIVED'), ('ADMIT', 'LATE', 'RECEIVED'), ('DISMISS', 'LATE', 'CLOSED'),
      ('UPHOLD', 'RECEIVED', 'UPHELD'), ('REJECT', 'RECEIVED', 'REJECTED'), ('FORWARD', 'REJECTED', 'FORWARDED'),
      ('CLOSE', 'FORWARDED', 'CLOSED'))
    and new.nth = 1 + (select count(*) from appeal_move m where m.appeal_id = a.id and m.nth <> new.nth)
    and (not new.upholds or new.move in ('UPHOLD', 'CLOSE'))
    and (new.move not in ('UPHOLD', 'REJECT') or exists (
      select from appeal_move m where m.appeal_id = a.id and m.move = 'HEAR_OWNER'));
  if not found then
    raise exception 'appeal % stands elsewhere', new.appeal_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function move_appeal() from public;
create trigger appeal_move_moves after insert on appeal_move for each row execute function move_appeal();

-- Nobody appeals against what is not published.
create function appeal_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from placement_application a join admission_round r on r.id = a.round_id
    join wish w on w.application_id = a.id and w.unit_id = new.unit_id
    where a.id = new.application_id and a.child_id = new.child_id and r.id = new.round_id and r.state in ('PUBLISHED', 'APPEAL')
    for share of r;
  if not found then
    raise exception 'nothing is appealed against with application %', new.application_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function appeal_in_time() from public;
create trigger appeal_comes_in before insert on appeal for each row execute function appeal_in_time();

do $$
declare
  name text;
begin
  foreach name in array array['appeal', 'appeal_move'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy of_an_officer on %I for select to {{request}} using (
      child_id = any ((select children_of_officers())::uuid[]))', name);
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select responsible_children())::uuid[]))', name);
    execute format('grant select on %I to {{request}}, {{worker}}', name);
  end loop;
end $$;
-- Of a protected family nobody reads what the other one has written (ADM-05, ADR-11).
create policy of_a_guardian_alone on appeal as restrictive for select to {{request}} using (
  child_id <> all ((select children_kept_apart())::uuid[]) or appealed_by = (select access.person())
  or child_id = any ((select children_of_officers())::uuid[]));
create policy unless_hidden on appeal as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_guardian on appeal for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and appealed_by = (select access.person())
  and state in ('RECEIVED', 'LATE') and not is_upheld);
create policy by_a_case_worker on appeal_move for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and made_by = (select access.person())
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy by_an_officer on appeal_move for insert to {{request}} with check (
  child_id = any ((select children_of_officers())::uuid[]) and made_by = (select access.person()));
grant insert (id, application_id, child_id, round_id, unit_id, grounds, state, appealed_by, received_at) on appeal to {{request}};
grant insert on appeal_move to {{request}};

create function erase_person_from_appeals(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from appeal where child_id = erased;
  update appeal set appealed_by = null where appealed_by = erased;
  update appeal_move set made_by = null where made_by = erased;
$$;
revoke all on function erase_person_from_appeals(uuid) from public;
grant execute on function erase_person_from_appeals(uuid) to {{worker}};
