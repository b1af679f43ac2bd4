-- The places that children of whoever asks are at, or start at within two weeks, when the unit begins to speak to their home
-- (GUA-29): the unit, and each of their groups in it.
create function own_places() returns text[] language sql stable as $$
  select coalesce(array_agg(distinct place), '{}') from access.enrolment e,
    unnest(e.unit_id::text || array(select e.unit_id || ':' || one from unnest(e.group_ids) as one)) as place
  where e.child_id = any (access.children())
    and e.from_day <= access.today() + 14 and (e.to_day is null or access.today() < e.to_day)
$$;

-- What a unit tells the guardians at some places in it. Nobody is its recipient: whoever is a guardian there reads it, for as long
-- as they are and it stands.
create table news (
  id uuid primary key,
  unit_id uuid not null,
  places text[] not null check (cardinality(places) between 1 and 50 and units_of_places(places) = array[unit_id]),
  -- Null once whoever wrote it has been erased (RET-08).
  author_id uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  title text check (length(title) between 1 and 120),
  body text check (length(body) between 1 and 10000),
  state text not null default 'WAITING' check (state in ('WAITING', 'NOT_PUBLISHED', 'PUBLISHED', 'WITHDRAWN')),
  due_at timestamptz(3) not null,
  published_at timestamptz(3),
  edited_at timestamptz(3),
  withdrawn_at timestamptz(3),
  -- The last day on which guardians see it; null: as long as it is kept.
  last_day date,
  -- Up to whom it has been told that they are to get a notice.
  told_up_to uuid,
  is_told boolean not null default false,
  unique (author_id, idempotency_key),
  -- No request publishes: it cannot say when that was.
  check (state <> 'PUBLISHED' or published_at is not null),
  check (state = 'PUBLISHED' or state = 'WITHDRAWN' or published_at is null),
  check ((state = 'WITHDRAWN') = (withdrawn_at is not null)),
  check ((title is null) = (state = 'WITHDRAWN') and (body is null) = (state = 'WITHDRAWN'))
);
create index news_waiting on news (due_at) where state = 'WAITING';
create index news_untold on news (published_at) where state = 'PUBLISHED' and not is_told;
create index news_feed on news (unit_id, published_at desc, id desc) where state = 'PUBLISHED';
create index news_unit on news (unit_id, due_at desc, id desc);
create index news_old on news (due_at);

-- What it said before it was edited or withdrawn, and by whom that was done: for whoever has to find out what was read, and out of
-- the reach of every request (MSG-17).
create table news_earlier (
  news_id uuid not null references news on delete cascade,
  title text not null,
  body text not null,
  replaced_by uuid,
  replaced_at timestamptz not null default now()
);
create index news_earlier_news on news_earlier (news_id);

create function keep_earlier_news() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.state = 'WITHDRAWN' then
    raise exception 'what was withdrawn says nothing any more' using errcode = 'insufficient_privilege';
  end if;
  if (new.title, new.body) is distinct from (old.title, old.body) then
    insert into news_earlier (news_id, title, body, replaced_by) values (old.id, old.title, old.body, access.person());
    new.edited_at := case when new.state = 'WITHDRAWN' then old.edited_at else now() end;
  end if;
  return new;
end $$;
create trigger news_keeps_what_it_said before update of title, body on news for each row execute function keep_earlier_news();

-- The guardians at some places who come after somebody in the order of their ids, with their children there or about to be; not by
-- children who are protected, of whom nothing leaves by itself (S-08).
create function news_guardians_after(wanted text[], after uuid, most int) returns table (person_id uuid, child_ids uuid[])
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.person_id, (array_agg(g.child_id order by g.child_id))[1:20]
  from (
    select at.child_id from children_at(wanted, false) as at where at.is_counted
    union
    select at.child_id from children_at(wanted, true) as at where at.is_counted) as child
  join access.guardian g on g.child_id = child.child_id and (g.ends_on is null or (select access.today()) < g.ends_on)
  where after is null or g.person_id > after
  group by g.person_id order by g.person_id limit most
$$;
revoke all on function news_guardians_after(text[], uuid, int) from public;
grant execute on function news_guardians_after(text[], uuid, int) to {{worker}};

create function news_units_open() returns uuid[] language sql stable as $$ select access.units_open('NEWS') $$;
create function news_units_hidden() returns uuid[] language sql stable as $$ select access.units_hidden('NEWS') $$;

alter table news enable row level security;
alter table news force row level security;
alter table news_earlier enable row level security;
alter table news_earlier force row level security;

create policy of_a_guardian on news for select to {{request}} using (
  published_at is not null and places && ((select own_places())::text[])
  and (last_day is null or last_day >= (select access.today())));
create policy of_the_staff on news for select to {{request}} using (
  published_at is not null and unit_id = any ((select staff_units())::uuid[]));
create policy of_its_author on news for select to {{request}} using (
  author_id = (select access.person()) and unit_id = any ((select staff_units())::uuid[]));
create policy of_the_leader on news for select to {{request}} using (unit_id = any ((select led_units())::uuid[]));
create policy unless_hidden on news as restrictive for select to {{request}} using (
  unit_id <> all ((select news_units_hidden())::uuid[]));
create policy by_its_author on news for insert to {{request}} with check (
  author_id = (select access.person()) and state = 'WAITING' and places <@ ((select broadcast_places())::text[]));
create policy while_open on news as restrictive for insert to {{request}} with check (
  unit_id = any ((select news_units_open())::uuid[]));
create policy by_its_author_again on news for update to {{request}} using (
  author_id = (select access.person()) and places <@ ((select broadcast_places())::text[]));
create policy by_the_leader on news for update to {{request}} using (unit_id = any ((select led_units())::uuid[]));
-- Taking it back is never too late.
create policy while_open_still on news as restrictive for update to {{request}} with check (
  state = 'WITHDRAWN' or unit_id = any ((select news_units_open())::uuid[]));
grant select on news to {{request}};
grant insert (id, unit_id, places, author_id, idempotency_key, title, body, due_at, last_day) on news to {{request}};
grant update (title, body, last_day, state, withdrawn_at) on news to {{request}};

create policy of_the_service on news to {{worker}} using (true) with check (true);
grant select (id, unit_id, places, author_id, state, due_at, published_at, told_up_to, is_told), delete,
  update (state, published_at, told_up_to, is_told) on news to {{worker}};
create policy of_the_owner on news to {{owner}} using (true) with check (true);
create policy of_the_owner on news_earlier to {{owner}} using (true) with check (true);

-- Takes away who wrote something; what was said to others stays (RET-08).
create function erase_person_from_news(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update news set author_id = null where author_id = erased;
  update news_earlier set replaced_by = null where replaced_by = erased;
$$;
revoke all on function erase_person_from_news(uuid) from public;
grant execute on function erase_person_from_news(uuid) to {{worker}};
