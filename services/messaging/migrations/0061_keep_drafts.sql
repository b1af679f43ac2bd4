-- Seats as row-level security compares them: a child at a unit, as `child:unit`.
create function seats_at(children uuid[], unit uuid) returns text[] language sql immutable parallel safe
  as $$ select coalesce(array_agg(child || ':' || unit), '{}') from unnest(children) as child $$;

-- What somebody has begun to write, and what waits for its time: its author's own, in the capacity that it is written in, and
-- nobody else's. The guard has let its text pass (decision 0028).
create table draft (
  id uuid primary key,
  author_id uuid not null,
  author_as text not null check (author_as in ('guardian', 'staff')),
  kind text not null check (kind in ('ANSWER', 'THREAD', 'BROADCAST')),
  answers_id uuid references message on delete cascade,
  unit_id uuid not null,
  child_ids uuid[] not null check (cardinality(child_ids) <= 10),
  seats text[] not null generated always as (seats_at(child_ids, unit_id)) stored,
  places text[] not null check (cardinality(places) <= 200),
  unit_ids uuid[] not null generated always as (
    case when cardinality(places) = 0 then array[unit_id] else units_of_places(places) end) stored,
  is_starting boolean not null,
  urgent_reason text check (urgent_reason in ('DANGER', 'UNIT_CLOSED', 'TRAVEL', 'OTHER')),
  subject text not null check (length(subject) <= 120),
  body text not null check (length(body) <= 10000),
  also_guardians uuid[] not null,
  also_staff uuid[] not null,
  -- Whom staff mean to leave out, each with the cause: [{personId, cause}] (MSG-04).
  leave_out jsonb not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  changed_at timestamptz(3) not null,
  -- When it goes out by itself. Null: when its author sends it.
  send_at timestamptz(3),
  -- First names that its author's device knew when it was to wait, of those alone that stand in the text.
  known_names text[] not null default '{}',
  -- Why it could not go out when its time had come.
  not_sent text check (length(not_sent) between 1 and 40),
  unique (author_id, author_as, idempotency_key),
  check ((kind = 'ANSWER') = (answers_id is not null)),
  check ((kind = 'BROADCAST') = (cardinality(places) > 0) and (kind = 'BROADCAST') = (cardinality(child_ids) = 0)),
  check (kind <> 'BROADCAST' or (author_as = 'staff' and send_at is null)),
  check (send_at is not null or known_names = '{}'),
  check (send_at is null or not_sent is null)
);
create index draft_author on draft (author_id, author_as, changed_at desc, id desc);
create index draft_answers on draft (answers_id) where answers_id is not null;
create index draft_children on draft using gin (child_ids);
create index draft_due on draft (send_at) where send_at is not null;
create index draft_changed on draft (changed_at) where send_at is null;

alter table draft enable row level security;
alter table draft force row level security;
create policy of_the_owner on draft to {{owner}} using (true) with check (true);
-- Its author's, while they have a ground for all that it is about. Read and removed also where messages are stopped or hidden: it is
-- their own text (MSG-01).
do $$
declare
  own constant text := $own$
    author_id = (select access.person()) and author_as = (select acting_as()) and case author_as
      when 'guardian' then child_ids <@ ((select access.children())::uuid[])
      else seats <@ ((select mail_seats())::text[]) and places <@ ((select broadcast_places())::text[]) end $own$;
begin
  execute format('create policy of_its_author on draft for select to {{request}} using (%s)', own);
  execute format('create policy by_its_author on draft for insert to {{request}} with check (%s)', own);
  execute format('create policy changed_by_its_author on draft for update to {{request}} using (%1$s) with check (%1$s)', own);
  execute format('create policy removed_by_its_author on draft for delete to {{request}} using (%s)', own);
end $$;
create policy while_open on draft as restrictive for insert to {{request}} with check (
  unit_ids <@ ((select units_open())::uuid[]));
create policy while_open_again on draft as restrictive for update to {{request}} with check (
  unit_ids <@ ((select units_open())::uuid[]));
grant select, delete on draft to {{request}};
grant insert (id, author_id, author_as, kind, answers_id, unit_id, child_ids, places, is_starting, urgent_reason, subject, body,
  also_guardians, also_staff, leave_out, idempotency_key, changed_at) on draft to {{request}};
grant update (kind, answers_id, unit_id, child_ids, places, is_starting, urgent_reason, subject, body, also_guardians, also_staff,
  leave_out, changed_at, send_at, known_names, not_sent) on draft to {{request}};

-- The service knows whose is due and when each was changed, and reads none.
create policy of_the_service on draft to {{worker}} using (true) with check (true);
grant select (id, author_id, author_as, unit_id, child_ids, send_at), update (changed_at, send_at, known_names, not_sent) on draft
  to {{worker}};

-- Takes away what nobody has changed for long; and, where who has which ground is known, what its author has none for any more.
create function drop_drafts(unchanged_since timestamptz, knows_grounds boolean) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from draft d where (d.send_at is null and d.changed_at < unchanged_since) or knows_grounds and case
      when d.author_as = 'guardian' then exists (
        select from unnest(d.child_ids) as child where not exists (
          select from access.guardian g where g.child_id = child and g.person_id = d.author_id
            and (g.ends_on is null or access.today() < g.ends_on)))
      when d.kind = 'BROADCAST' then not d.places <@ broadcast_places_of(d.author_id)
      else exists (
        select from unnest(d.child_ids) as child where not exists (
          select from access.staff_role r join access.enrolment e on e.unit_id = r.unit_id
          join access.unit u on u.unit_id = r.unit_id
          where r.person_id = d.author_id and e.child_id = child and e.unit_id = d.unit_id
            and (u.kind = 'KINDERGARTEN' or r.group_id is null or r.group_id = any (e.group_ids))
            and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
            and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
            and (e.named_staff is null or access.is_named(e.named_staff, d.author_id, access.today())))) end
    returning 1)
  select count(*)::int from gone
$$;
-- Nobody's draft is about somebody who is erased, and what they had begun goes with them (RET-08).
create function erase_drafts_of(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from draft where author_id = erased or child_ids @> array[erased];
  update draft set also_guardians = array_remove(also_guardians, erased), also_staff = array_remove(also_staff, erased),
      leave_out = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(leave_out) as one
        where one->>'personId' <> erased::text)
    where erased = any (also_guardians || also_staff) or leave_out @> jsonb_build_array(jsonb_build_object('personId', erased));
$$;
-- What staff had prepared about somebody who is protected from now on (ADR-12): whoever is named for them begins anew.
create function purge_drafts_about(protected uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from draft where author_as = 'staff' and author_id <> protected and (child_ids @> array[protected]
    or protected = any (also_guardians) or leave_out @> jsonb_build_array(jsonb_build_object('personId', protected)));
$$;
revoke all on function drop_drafts(timestamptz, boolean), erase_drafts_of(uuid), purge_drafts_about(uuid) from public;
grant execute on function drop_drafts(timestamptz, boolean), erase_drafts_of(uuid), purge_drafts_about(uuid) to {{worker}};
