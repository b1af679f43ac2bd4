-- Granted for fewer days than were applied for, leave leaves the others free: to be applied for again, and to be withdrawn by what stands.
alter table leave drop constraint leave_of_a_day, add constraint leave_of_a_day
  exclude using gist (child_id with =, unit_id with =,
    daterange(coalesce(starts_on, first_day), coalesce(ends_before, last_day + 1)) with &&)
  where (state in ('APPLIED', 'GRANTED'));

create or replace function settle_leave_withdrawal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update leave set ends_before = least(coalesce(ends_before, new.from_day), new.from_day),
    state = case when state = 'APPLIED' or new.from_day <= coalesce(starts_on, first_day) then 'WITHDRAWN' else state end
  where id = new.leave_id and state in ('APPLIED', 'GRANTED');
  if not found then
    raise exception 'leave % cannot be withdrawn', new.leave_id using errcode = 'restrict_violation';
  end if;
  delete from leave_day where leave_id = new.leave_id and day >= new.from_day;
  return null;
end $$;
