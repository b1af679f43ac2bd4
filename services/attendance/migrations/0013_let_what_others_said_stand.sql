-- A receipt stands, whoever takes their own report back (S-20): what somebody else had said of the same day becomes the absence, and
-- what others said besides is of that one. Nobody writes a report in another's name, so that it is done here. What is taken
-- back by the service, as by leave that was granted, leaves nothing standing.
alter table absence_repeat add column is_late boolean not null default false;

create policy stands_instead on absence for insert to {{owner}} with check (leave_id is null);
create policy stands_instead on absence_cause for insert to {{owner}} with check (cause <> 'LEAVE');

create function let_others_stand() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  said absence_repeat;
  instead uuid := uuidv7();
begin
  delete from absence_repeat where ctid = (
    select ctid from absence_repeat
    where absence_id = new.id and reported_by is distinct from access.person()
    order by reported_at, correlation_id limit 1)
  returning * into said;
  if not found then
    return null;
  end if;
  insert into absence (id, child_id, unit_id, day, reported_by, reported_at, idempotency_key, request_hash, correlation_id,
    arrives_at, leaves_at, is_late)
  values (instead, said.child_id, said.unit_id, new.day, said.reported_by, said.reported_at, said.idempotency_key,
    said.request_hash, said.correlation_id, said.arrives_at, said.leaves_at, said.is_late);
  if said.cause is not null then
    insert into absence_cause (absence_id, child_id, unit_id, cause) values (instead, said.child_id, said.unit_id, said.cause);
  end if;
  update absence_repeat set absence_id = instead
  where absence_id = new.id and reported_by is distinct from access.person();
  return null;
end $$;
create trigger absence_lets_others_stand after update of withdrawn_at on absence for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null and new.leave_id is null and current_user = '{{request}}')
  execute function let_others_stand();

-- Of two at once: who says the same day again waits for who takes it back, and is the first to say it then.
create function repeat_what_stands() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from absence where id = new.absence_id and withdrawn_at is null for share;
  if not found then
    raise exception 'absence % has been taken back', new.absence_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger absence_repeat_of_what_stands before insert on absence_repeat
  for each row execute function repeat_what_stands();

-- The cause of leave is granted, and neither said nor taken away (LEA-05).
create policy unless_granted on absence_cause as restrictive for insert to {{request}} with check (cause <> 'LEAVE');
create policy unless_granted_still on absence_cause as restrictive for delete to {{request}} using (cause <> 'LEAVE');
