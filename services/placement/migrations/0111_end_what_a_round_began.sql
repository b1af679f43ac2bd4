-- What began with a round ends with it: its applications, so that the next one of the kind can be applied to, and what they wait for (BHG-19). Who has a
-- place keeps it. An offer by one of them has its answer first; whoever offers holds the application, so that either sees the other.
alter table waiting_entry drop constraint waiting_entry_ended_because_check;
alter table waiting_entry add constraint waiting_entry_ended_because_check check (ended_because in
  ('ACCEPTED', 'DECLINED', 'EXPIRED', 'RESIGNED', 'PLACED', 'APPLICATION_WITHDRAWN', 'ROUND_FINISHED'));
create function end_what_a_round_began() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update placement_application set state = 'ENDED', version = version + 1
  where round_id = new.id and state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING');
  update waiting_entry e set is_active = false, ended_because = 'ROUND_FINISHED'
  from placement_application a where a.id = e.application_id and a.round_id = new.id and e.is_active;
  if exists (select from offer o join placement_application a on a.id = o.application_id where a.round_id = new.id and o.state = 'SENT') then
    raise exception 'an offer of round % waits for its answer', new.id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function end_what_a_round_began() from public;
create trigger round_ends_what_it_began after update of state on admission_round
  for each row when (new.state = 'FINISHED' and old.state <> 'FINISHED') execute function end_what_a_round_began();

-- That somebody has an offer to answer by an application to a round, whoever it is: of nobody who.
create function has_open_offers(of_round uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'CASE_WORKER' = any ((select access.municipal())::text[]) and exists (
    select from offer o join placement_application a on a.id = o.application_id where a.round_id = of_round and o.state = 'SENT')
$$;
revoke all on function has_open_offers(uuid) from public;
grant execute on function has_open_offers(uuid) to {{request}};
