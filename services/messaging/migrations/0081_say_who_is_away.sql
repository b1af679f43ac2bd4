-- Units at which whoever asks works today, by whatever role; none for guardians, who state no seats.
create function workplaces() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
    where nullif(current_setting('app.seats', true), '') is not null and r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;
-- Units whose staff whoever asks may write to or works with.
create function mail_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct e.unit_id), '{}') || workplaces() from access.enrolment e
    where e.child_id = any (access.children())
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;
-- Who works at a unit on any of some days, for whoever works there today.
create function staff_during(wanted uuid, first_day date, end_day date) returns table (person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct r.person_id from access.staff_role r
  where r.unit_id = wanted and wanted = any (workplaces())
    and r.from_day < end_day and (r.to_day is null or first_day < r.to_day)
$$;
revoke all on function staff_during(uuid, date, date) from public;
grant execute on function staff_during(uuid, date, date) to {{request}};

-- That somebody of the staff is away for some days, and who reads instead. Never why: there is no text (HLT, MSG-08). Whoever stands
-- in gets no right by it: what they may not read by their own role they are not told of (S-09).
create table out_of_office (
  id uuid primary key,
  unit_id uuid not null,
  person_id uuid not null,
  from_day date not null,
  -- The first day on which they are back.
  to_day date not null check (from_day < to_day),
  reply text not null check (reply in ('STAND_IN_ANSWERS', 'ANSWERS_WHEN_BACK', 'CONTACT_THE_UNIT')),
  stand_in uuid check (stand_in <> person_id),
  constraint out_of_office_once
    exclude using gist (person_id with =, unit_id with =, daterange(from_day, to_day) with &&)
);
create index out_of_office_unit on out_of_office (unit_id, from_day);
alter table out_of_office enable row level security;
alter table out_of_office force row level security;
create policy of_the_owner on out_of_office to {{owner}} using (true) with check (true);
create policy of_the_service on out_of_office to {{worker}} using (true) with check (true);
create policy of_the_unit on out_of_office for select to {{request}} using (unit_id = any ((select mail_units())::uuid[]));
create policy by_the_staff on out_of_office for insert to {{request}} with check (
  person_id = (select access.person()) and unit_id = any ((select workplaces())::uuid[])
  or unit_id = any ((select led_units())::uuid[]));
create policy ended on out_of_office for delete to {{request}} using (
  person_id = (select access.person()) and unit_id = any ((select workplaces())::uuid[])
  or unit_id = any ((select led_units())::uuid[]));
grant select, insert, delete on out_of_office to {{request}};
grant select, delete on out_of_office to {{worker}};

create function erase_person_from_out_of_office(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from out_of_office where person_id = erased;
  update out_of_office set stand_in = null where stand_in = erased;
$$;
revoke all on function erase_person_from_out_of_office(uuid) from public;
grant execute on function erase_person_from_out_of_office(uuid) to {{worker}};
