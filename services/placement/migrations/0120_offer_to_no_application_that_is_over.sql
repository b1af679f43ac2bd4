-- Nothing is offered by an application that is withdrawn or over, whoever was first: an offer holds the application as it stands until it is
-- stored, and a withdrawal that comes after it finds the offer and ends it (BHG-07, S-23).
create function refuse_offers_of_what_is_over() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from placement_application a where a.id in (select m.application_id from made m) order by a.id for share;
  if exists (
    select from made m join placement_application a on a.id = m.application_id
    where a.state = 'WITHDRAWN' or (a.state = 'ENDED' and not exists (
      -- An appeal that was upheld has put it on the list again (BHG-18).
      select from waiting_entry e where e.application_id = a.id and e.pool_id = m.pool_id and e.is_active))) then
    raise exception 'nothing is offered by an application that is over' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function refuse_offers_of_what_is_over() from public;
create trigger offer_is_of_what_stands after insert on offer
  referencing new table as made for each statement execute function refuse_offers_of_what_is_over();
