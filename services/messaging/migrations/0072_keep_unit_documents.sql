-- Routines and other documents of a unit, for whoever is at some places in it: a row for each version. What a document is of and whom it
-- is for stays the same in all of them.
create table unit_document (
  -- Of the version.
  id uuid primary key,
  document_id uuid not null,
  unit_id uuid not null,
  places text[] not null check (cardinality(places) between 1 and 50 and units_of_places(places) = array[unit_id]),
  category text not null check (category in ('ROUTINE', 'PLAN', 'RULES', 'OTHER')),
  title text not null check (length(title) between 1 and 120),
  -- Empty where a file says it all.
  body text not null check (length(body) <= 10000),
  valid_from date not null,
  published_at timestamptz not null default now(),
  -- Null once they have been erased (RET-08).
  published_by uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  unique (published_by, idempotency_key)
);
create index unit_document_versions on unit_document (document_id, valid_from desc, published_at desc);
create index unit_document_unit on unit_document (unit_id, document_id desc) where withdrawn_at is null;
create index unit_document_withdrawn on unit_document (withdrawn_at) where withdrawn_at is not null;

alter table unit_document enable row level security;
alter table unit_document force row level security;
create policy of_the_owner on unit_document to {{owner}} using (true) with check (true);
create policy of_the_service on unit_document to {{worker}} using (true);
-- What was withdrawn is kept for whoever has to find out what was read, and out of the reach of every request (MSG-17).
create policy of_a_guardian on unit_document for select to {{request}} using (places && ((select own_places())::text[]));
create policy of_the_staff on unit_document for select to {{request}} using (unit_id = any ((select staff_units())::uuid[]));
create policy unless_withdrawn on unit_document as restrictive for select to {{request}} using (withdrawn_at is null);
create policy unless_hidden on unit_document as restrictive for select to {{request}} using (
  unit_id <> all ((select news_units_hidden())::uuid[]));
create policy by_the_staff on unit_document for insert to {{request}} with check (
  published_by = (select access.person()) and places <@ ((select broadcast_places())::text[]));
create policy while_open on unit_document as restrictive for insert to {{request}} with check (
  unit_id = any ((select news_units_open())::uuid[]));
grant select on unit_document to {{request}};
grant insert (id, document_id, unit_id, places, category, title, body, valid_from, published_by, idempotency_key) on unit_document
  to {{request}};
grant select (id, withdrawn_at), delete on unit_document to {{worker}};

-- Every version is of what the first one was, and for whom that was.
create function stay_the_document() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from unit_document d where d.document_id = new.document_id
      and (d.unit_id, d.places, d.category) is distinct from (new.unit_id, new.places, new.category)) then
    raise exception 'a version is of the document that it is a version of' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger unit_document_stays before insert on unit_document for each row execute function stay_the_document();

-- Takes back a document, or one version of it, for whoever may speak at all of its places; answers how many versions.
create function withdraw_unit_document(wanted uuid, version uuid) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with withdrawn as (
    update unit_document set withdrawn_at = now(), withdrawn_by = access.person()
    where document_id = wanted and (version is null or id = version) and withdrawn_at is null
      and places <@ (select public.broadcast_places())
    returning 1)
  select count(*)::int from withdrawn
$$;
revoke all on function withdraw_unit_document(uuid, uuid) from public;
grant execute on function withdraw_unit_document(uuid, uuid) to {{request}};

alter table attachment
  drop constraint attachment_bulletin_kind_check,
  add constraint attachment_bulletin_kind_check check (bulletin_kind in ('BROADCAST', 'NEWS', 'DOCUMENT'));
create function unit_documents_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from unit_document $$;
create policy of_a_unit_document on attachment for select to {{request}} using (
  bulletin_kind = 'DOCUMENT' and bulletin_id = any ((select unit_documents_seen())::uuid[]));
create or replace function go_with_the_bulletin() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.bulletin_id is not distinct from old.bulletin_id then
    return new;
  end if;
  if old.bulletin_id is not null or old.message_id is not null or old.owner_as <> 'staff' or old.state = 'REFUSED' or not (
    exists (select from broadcast where new.bulletin_kind = 'BROADCAST' and id = new.bulletin_id and author_id = old.owner_id
      and state = 'WAITING')
    or exists (select from news where new.bulletin_kind = 'NEWS' and id = new.bulletin_id and author_id = old.owner_id
      and state = 'WAITING')
    -- A document does not wait: only the transaction that publishes it is before anybody reads it.
    or exists (select from unit_document where new.bulletin_kind = 'DOCUMENT' and id = new.bulletin_id
      and published_by = old.owner_id and published_at = now())) then
    raise exception 'a file goes with what its owner has written, and before anybody reads it'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger attachment_leaves_with_a_version after update of withdrawn_at on unit_document
  for each row when (new.withdrawn_at is not null) execute function leave_with_the_bulletin();
create trigger attachment_leaves_with_a_document after delete on unit_document
  for each row execute function leave_with_the_bulletin();

create or replace function erase_person_from_news(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update news set author_id = null where author_id = erased;
  update news_earlier set replaced_by = null where replaced_by = erased;
  update unit_document set published_by = null where published_by = erased;
  update unit_document set withdrawn_by = null where withdrawn_by = erased;
$$;
