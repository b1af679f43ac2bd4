-- How many seats a unit has for an age group in a round: a decision, and no property of the building (placement § 1, BHG-25). Added and never
-- changed; the last one counts.
create table seat_decision (
  id uuid primary key,
  nth bigint generated always as identity unique,
  round_id uuid not null references admission_round,
  unit_id uuid not null,
  age_group text not null check (age_group in ('SMALL', 'LARGE', 'SFO')),
  seats int not null check (seats >= 0),
  -- Children of the group who have a place there and stay: they need space and staff beside those who are admitted.
  occupied int not null check (occupied >= 0),
  -- Those of the seats that are held for somebody: id, flag, seats, soft, as in an instance.
  reserved jsonb not null check (jsonb_typeof(reserved) = 'array'),
  -- Square metres to play on and adults, of the whole unit; after-school care has no such norm.
  area numeric(8, 2) check (area >= 0),
  adults numeric(6, 2) check (adults >= 0),
  reason text check (length(reason) between 1 and 2000),
  -- Null once they have been erased (RET-08).
  decided_by uuid,
  decided_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (decided_by, idempotency_key),
  check ((age_group = 'SFO') = (area is null) and (age_group = 'SFO') = (adults is null))
);
create index seat_decision_last on seat_decision (round_id, unit_id, age_group, nth desc);
create index seat_decision_unit on seat_decision (unit_id);
create trigger seat_decision_is_kept before update or delete on seat_decision
  for each row execute function keep_as_added('decided_by');

-- Seats of a unit that takes part, until the round is allocated. Nobody moves the round meanwhile.
create function decide_seats_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from admission_round r where r.id = new.round_id and r.state in ('DRAFT', 'OPEN', 'CLOSED')
    and exists (select from round_unit u where u.round_id = r.id and u.unit_id = new.unit_id)
    for share;
  if not found then
    raise exception 'seats of round % are decided', new.round_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function decide_seats_in_time() from public;
create trigger seat_decision_in_time before insert on seat_decision for each row execute function decide_seats_in_time();

alter table seat_decision enable row level security;
alter table seat_decision force row level security;
create policy of_the_owner on seat_decision to {{owner}} using (true) with check (true);
create policy of_the_service on seat_decision for select to {{worker}} using (true);
create policy of_a_case_worker on seat_decision for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[]));
-- Once the round is open, and unless the municipality hides what there is of admission (X07).
create policy of_the_leader on seat_decision for select to {{request}} using (
  unit_id = any ((select led_units())::uuid[]) and round_id = any ((select rounds_seen())::uuid[])
  and unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_case_worker on seat_decision for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and decided_by = (select access.person()));
grant select, insert on seat_decision to {{request}};
grant select on seat_decision to {{worker}};

create or replace function erase_person_from_rounds(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update admission_round set planned_by = null where planned_by = erased;
  update round_reopening set proposed_by = null where proposed_by = erased;
  update round_move set made_by = null where made_by = erased;
  update round_move set approved_by = null where approved_by = erased;
  update seat_decision set decided_by = null where decided_by = erased;
$$;
