-- Seats of whoever works at a unit, as mail_seats was: by their role, and in a kindergarten by working there (MSG-02, ADR-10). By
-- these somebody writes to the families of a group.
create function work_seats() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select unnest(access.seats())
    union
    select e.child_id || ':' || e.unit_id
    from access.staff_role r
    join access.unit u on u.unit_id = r.unit_id and u.kind = 'KINDERGARTEN'
    join access.enrolment e on e.unit_id = r.unit_id
    where nullif(current_setting('app.seats', true), '') is not null and r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and (e.named_staff is null or access.is_named(e.named_staff, access.person(), access.today())))
$$;
revoke all on function work_seats() from public;
grant execute on function work_seats() to {{request}}, {{worker}};

-- By these somebody reads: never of their own child. Whoever works where their child goes would read at work what the other guardian
-- has written in confidence (GUA-24, MSG-05).
create or replace function mail_seats() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select seat from unnest(work_seats()) as seat
    where split_part(seat, ':', 1)::uuid <> all (array(
      select child_id from access.guardian where person_id = access.person())))
$$;

create or replace function guardians_of(wanted uuid[]) returns table (child_id uuid, person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.child_id, g.person_id from access.guardian g
  where g.child_id = any (wanted)
    and (g.child_id = any (access.children())
      or g.child_id = any (array(select split_part(seat, ':', 1)::uuid from unnest(work_seats()) as seat)))
$$;
create or replace function staff_of(wanted uuid) returns table (person_id uuid, role text, group_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.person_id, r.role, r.group_id from access.staff_role r
  where r.unit_id = wanted and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and exists (
      select from access.enrolment e where e.unit_id = wanted
        and (e.child_id = any (access.children()) or e.child_id || ':' || e.unit_id = any (work_seats())))
$$;
alter policy of_the_mail on access.enrolment using (
  child_id || ':' || unit_id = any ((select work_seats())::text[]));
