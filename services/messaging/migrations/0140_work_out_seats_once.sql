-- Seats as before, worked out once after each access.enter and not for each table of each statement. Guardians have none.
create or replace function work_seats() returns text[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  entered constant text := current_setting('app.entered', true);
  found text[];
begin
  if coalesce(current_setting('app.seats', true), '') = '' then
    return '{}';
  end if;
  if entered <> '' and entered = current_setting('app.work_seats_of', true) then
    return current_setting('app.work_seats')::text[];
  end if;
  found := array(
    select unnest(access.seats())
    union
    select e.child_id || ':' || e.unit_id
    from access.staff_role r
    join access.unit u on u.unit_id = r.unit_id and u.kind = 'KINDERGARTEN'
    join access.enrolment e on e.unit_id = r.unit_id
    where r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and (e.named_staff is null or access.is_named(e.named_staff, access.person(), access.today())));
  perform set_config('app.work_seats', found::text, true), set_config('app.work_seats_of', entered, true);
  return found;
end $$;

create or replace function mail_seats() returns text[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  own uuid[];
begin
  if coalesce(current_setting('app.seats', true), '') = '' then
    return '{}';
  end if;
  own := array(select child_id from access.guardian where person_id = access.person());
  if own = '{}' then
    return work_seats();
  end if;
  return array(select seat from unnest(work_seats()) as seat where split_part(seat, ':', 1)::uuid <> all (own));
end $$;
