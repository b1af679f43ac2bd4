-- The units that places lie in; a place is a unit, or a group in it as `unit:group`.
create function units_of_places(places text[]) returns uuid[] language sql immutable parallel safe
  as $$ select array_agg(distinct split_part(place, ':', 1)::uuid) from unnest(places) as one(place) $$;

-- One text to the guardians at some places, which nobody answers (M09). It waits until it is due, so that it can be undone, and
-- has no recipient before (MSG-07).
create table broadcast (
  id uuid primary key,
  -- Who speaks.
  unit_id uuid not null,
  places text[] not null check (cardinality(places) between 1 and 200),
  unit_ids uuid[] not null generated always as (units_of_places(places)) stored,
  -- For those who start soon, and not for those who are there.
  is_starting boolean not null,
  author_id uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  title text check (length(title) between 1 and 120),
  body text check (length(body) between 1 and 10000),
  urgent_reason text check (urgent_reason in ('DANGER', 'UNIT_CLOSED', 'TRAVEL', 'OTHER')),
  state text not null default 'WAITING' check (state in ('WAITING', 'UNDONE', 'NOT_SENT', 'SENT', 'WITHDRAWN')),
  written_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  withdrawn_at timestamptz,
  -- How many it went to, without those who must not be counted (ADR-19).
  recipient_count int,
  -- Up to whom of its recipients it has been told that they are to get a notice.
  told_up_to uuid,
  is_told boolean not null default false,
  unique (author_id, idempotency_key),
  check (unit_id = any (unit_ids)),
  check ((sent_at is not null) = (state in ('SENT', 'WITHDRAWN'))),
  check ((title is null) = (state = 'WITHDRAWN') and (body is null) = (state = 'WITHDRAWN'))
);
create index broadcast_waiting on broadcast (due_at) where state = 'WAITING';
create index broadcast_untold on broadcast (sent_at) where state = 'SENT' and not is_told;
create index broadcast_unit on broadcast (unit_id, written_at, id);

-- Whom it went to, frozen when it was sent, and by which children: whoever is a guardian of none of them any more reads it no more
-- (S-09). Nothing but this is written for each person.
create table broadcast_recipient (
  broadcast_id uuid not null references broadcast on delete cascade,
  person_id uuid not null,
  sent_at timestamptz not null,
  child_ids uuid[] not null,
  is_counted boolean not null,
  read_at timestamptz,
  primary key (broadcast_id, person_id)
) with (fillfactor = 90);
create index broadcast_recipient_person on broadcast_recipient (person_id, sent_at, broadcast_id);

-- What was withdrawn said: kept for whoever has to find out what was read by mistake, and out of the reach of every request
-- (MSG-17).
create table broadcast_withdrawn (
  broadcast_id uuid primary key references broadcast on delete cascade,
  title text not null,
  body text not null
);

-- Where somebody may speak to all guardians today: of a unit, with each of its groups, by a role for all of it; or of a group.
create function broadcast_places_of(who uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select r.unit_id, r.group_id from access.staff_role r
    where r.person_id = who and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and case when r.group_id is null then r.role in ('LEADER', 'ADMINISTRATOR', 'AFTER_SCHOOL', 'KINDERGARTEN')
               else r.role in ('LEADER', 'CONTACT_TEACHER', 'TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN') end)
  select coalesce(array_agg(distinct place), '{}') from (
    select unit_id::text as place from held where group_id is null
    union all
    select held.unit_id || ':' || one from held join access.enrolment e using (unit_id), unnest(e.group_ids) as one
    where held.group_id is null
    union all
    select unit_id || ':' || group_id from held where group_id is not null) as places
$$;
revoke all on function broadcast_places_of(uuid) from public;
grant execute on function broadcast_places_of(uuid) to {{worker}};

-- The same for whoever asks, signed in as staff: nobody else has units or seats (GUA-24).
create function broadcast_places() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when access.units() = '{}' and access.seats() = '{}' then '{}' else broadcast_places_of(access.person()) end
$$;
-- The units where whoever asks has a role today.
create function staff_units() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
  where r.person_id = access.person() and not (access.units() = '{}' and access.seats() = '{}')
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
$$;
create function broadcasts_received() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(broadcast_id), '{}') from broadcast_recipient $$;
create function broadcast_units_open() returns uuid[] language sql stable as $$ select access.units_open('MESSAGING') $$;
create function broadcast_units_hidden() returns uuid[] language sql stable as $$ select access.units_hidden('MESSAGING') $$;

-- The children at some places now, once for each place; those who are protected are not counted.
create function children_at(wanted text[], starting boolean)
  returns table (child_id uuid, place text, is_counted boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.child_id, one.place, e.named_staff is null
  from unnest(wanted) as one(place)
  join access.enrolment e on e.unit_id = split_part(one.place, ':', 1)::uuid
    and (one.place not like '%:%' or split_part(one.place, ':', 2) = any (e.group_ids::text[]))
  where case when starting then (select access.today()) < e.from_day and e.from_day <= (select access.today()) + 14
             else e.from_day <= (select access.today()) and (e.to_day is null or (select access.today()) < e.to_day) end
$$;
revoke all on function children_at(text[], boolean) from public;

-- The guardians at some places now, each with their children there. Not counted: whose children there are all protected.
create function guardians_at(wanted text[], starting boolean)
  returns table (person_id uuid, child_ids uuid[], is_counted boolean)
  language sql stable security definer rows 1000 set search_path = pg_catalog, public, pg_temp as $$
  select g.person_id, array_agg(g.child_id), bool_or(child.is_counted)
  from (select at.child_id, bool_or(at.is_counted) as is_counted from children_at(wanted, starting) as at group by at.child_id) as child
  join access.guardian g on g.child_id = child.child_id and (g.ends_on is null or (select access.today()) < g.ends_on)
  group by g.person_id
$$;
revoke all on function guardians_at(text[], boolean) from public;
grant execute on function guardians_at(text[], boolean) to {{worker}};

-- How many guardians there are at places where whoever asks may speak to them; in all where place is null.
create function count_guardians_at(wanted text[], starting boolean) returns table (place text, count int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with told as materialized (
    select g.person_id, child.place
    from children_at(array(select unnest(wanted) intersect select unnest(broadcast_places())), starting) as child
    join access.guardian g on g.child_id = child.child_id and (g.ends_on is null or (select access.today()) < g.ends_on)
    where child.is_counted
    group by g.person_id, child.place)
  select told.place, count(*)::int from told group by told.place
  union all
  select null, count(distinct told.person_id)::int from told
$$;
-- How many of those who are counted have opened what whoever asks may send to the same places.
create function count_readers(broadcasts uuid[]) returns table (broadcast_id uuid, count int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.broadcast_id, count(*)::int from broadcast b join broadcast_recipient r on r.broadcast_id = b.id
  where b.id = any (broadcasts) and b.places <@ broadcast_places() and r.is_counted and r.read_at is not null
  group by r.broadcast_id
$$;
revoke all on function broadcast_places(), staff_units(), count_guardians_at(text[], boolean), count_readers(uuid[]) from public;
grant execute on function broadcast_places(), staff_units(), count_guardians_at(text[], boolean), count_readers(uuid[])
  to {{request}};

alter table broadcast enable row level security;
alter table broadcast force row level security;
alter table broadcast_recipient enable row level security;
alter table broadcast_recipient force row level security;
alter table broadcast_withdrawn enable row level security;
alter table broadcast_withdrawn force row level security;

create policy of_a_recipient on broadcast_recipient for select to {{request}} using (
  person_id = (select access.person()) and child_ids && ((select access.children())::uuid[]));
create policy read_by_a_recipient on broadcast_recipient for update to {{request}} using (
  person_id = (select access.person()) and child_ids && ((select access.children())::uuid[]));
grant select on broadcast_recipient to {{request}};
grant update (read_at) on broadcast_recipient to {{request}};

create policy of_a_recipient on broadcast for select to {{request}} using (
  state in ('SENT', 'WITHDRAWN') and id = any ((select broadcasts_received())::uuid[]));
create policy of_the_staff on broadcast for select to {{request}} using (
  state in ('SENT', 'WITHDRAWN') and unit_id = any ((select staff_units())::uuid[]));
create policy of_its_author on broadcast for select to {{request}} using (
  author_id = (select access.person()) and unit_id = any ((select staff_units())::uuid[]));
create policy unless_hidden on broadcast as restrictive for select to {{request}} using (
  unit_id <> all ((select broadcast_units_hidden())::uuid[]));
create policy by_its_author on broadcast for insert to {{request}} with check (
  author_id = (select access.person()) and state = 'WAITING' and places <@ ((select broadcast_places())::text[]));
create policy while_open on broadcast as restrictive for insert to {{request}} with check (
  unit_ids <@ ((select broadcast_units_open())::uuid[]));
grant select on broadcast to {{request}};
grant insert (id, unit_id, places, is_starting, author_id, idempotency_key, title, body, urgent_reason, written_at, due_at)
  on broadcast to {{request}};

create policy of_the_service on broadcast to {{worker}} using (true) with check (true);
create policy of_the_service on broadcast_withdrawn for insert to {{worker}} with check (true);
create policy of_the_service on broadcast_recipient to {{worker}} using (true) with check (true);
grant select, update on broadcast to {{worker}};
grant select, insert on broadcast_recipient to {{worker}};
grant insert on broadcast_withdrawn to {{worker}};

create policy of_the_owner on broadcast to {{owner}} using (true) with check (true);
create policy of_the_owner on broadcast_recipient to {{owner}} using (true) with check (true);

-- Takes away what is kept under the id of somebody; what was said to others stays (RET-08).
create function erase_broadcasts_of(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from broadcast_recipient where person_id = erased or child_ids = array[erased];
  update broadcast_recipient set child_ids = array_remove(child_ids, erased) where erased = any (child_ids);
  update broadcast set author_id = null where author_id = erased;
$$;
revoke all on function erase_broadcasts_of(uuid) from public;
grant execute on function erase_broadcasts_of(uuid) to {{worker}};
