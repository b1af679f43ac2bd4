-- Which of the staff are with the children of a unit now (T26). There is a row as long as somebody is there, of today alone and without a
-- time: nobody can work out from it when somebody came or left.
create table staff_presence (
  person_id uuid not null,
  unit_id uuid not null,
  -- Null: with the whole unit.
  group_id uuid,
  day date not null,
  primary key (person_id, unit_id)
);
create index staff_presence_unit on staff_presence (unit_id, day);

-- Units of whoever asks, signed in or at a tablet, at which they are with the children today; and groups that they can be with.
create function units_with_children() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
    where r.role in ('LEADER', 'CONTACT_TEACHER', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'KINDERGARTEN')
      and r.person_id = coalesce(access.person(), access.tablet_person())
      and (access.tablet_unit() is null or r.unit_id = access.tablet_unit())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;
create function groups_with_children() returns text[] language sql stable
  as $$
    select coalesce(array_agg(distinct unit_id || ':' || group_id), '{}') from (
      select r.unit_id, coalesce(r.group_id, of_child) from access.staff_role r
      left join access.enrolment e on r.group_id is null and e.unit_id = r.unit_id
        and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      left join lateral unnest(e.group_ids) as of_child on true
      where r.unit_id = any ((select units_with_children())::uuid[]) and r.person_id = coalesce(access.person(), access.tablet_person())
        and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)) as found (unit_id, group_id)
    where group_id is not null
  $$;

-- Everybody with a role at a unit, to tell them that there is something to read anew: for whoever is with its children themself.
create function colleagues_at(at_unit uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.person_id), '{}') from access.staff_role r
  where r.unit_id = at_unit and at_unit = any ((select units_with_children())::uuid[])
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
$$;
revoke all on function colleagues_at(uuid) from public;
grant execute on function colleagues_at(uuid) to {{request}};

alter table staff_presence enable row level security;
alter table staff_presence force row level security;
create policy of_oneself on staff_presence for select to {{request}} using (
  person_id = (select access.person()) or person_id = (select access.tablet_person()));
create policy of_the_staff on staff_presence for select to {{request}} using (
  unit_id = any ((select staffed_units())::uuid[]) and day = (select access.today()));
create policy at_a_tablet on staff_presence for select to {{request}} using (
  unit_id = (select access.tablet_unit()) and day = (select access.today()));
create policy by_oneself on staff_presence for insert to {{request}} with check (
  (person_id = (select access.person()) or person_id = (select access.tablet_person()))
  and unit_id = any ((select units_with_children())::uuid[]) and day = (select access.today())
  and (group_id is null or unit_id || ':' || group_id = any ((select groups_with_children())::text[])));
create policy by_oneself_still on staff_presence for update to {{request}} using (
  person_id = (select access.person()) or person_id = (select access.tablet_person()))
  with check (unit_id = any ((select units_with_children())::uuid[]) and day = (select access.today())
    and (group_id is null or unit_id || ':' || group_id = any ((select groups_with_children())::text[])));
create policy by_oneself_gone on staff_presence for delete to {{request}} using (
  person_id = (select access.person()) or person_id = (select access.tablet_person()));
create policy unless_hidden on staff_presence as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on staff_presence as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on staff_presence as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_gone on staff_presence as restrictive for delete to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on staff_presence to {{worker}} using (true);
create policy of_the_owner on staff_presence to {{owner}} using (true) with check (true);
grant select, insert, delete, update (group_id, day) on staff_presence to {{request}};
grant select, delete on staff_presence to {{worker}};
