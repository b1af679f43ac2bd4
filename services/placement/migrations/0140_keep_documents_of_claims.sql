-- What a guardian has sent in to show that a child comes first (P05, BHG-09). The content lies where files are kept, sealed; here is what it is, and
-- who may have it: whoever sent it, and who decides on the claim. The other guardian is told of none (decision 0058).
create table claim_document (
  id uuid primary key,
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  media_type text not null check (length(media_type) between 3 and 100),
  bytes int not null check (bytes > 0),
  -- SCANNING: nobody has looked at it yet, and nobody is given it.
  state text not null default 'SCANNING' check (state in ('SCANNING', 'READY', 'REFUSED')),
  refusal text,
  sent_in_at timestamptz(3) not null default now(),
  -- When it is to be looked at again, where that could not be done at once.
  look_at timestamptz not null default now() + interval '2 minutes',
  looks int not null default 0,
  -- Null until it is put with a claim, and then the same as there.
  claim_id uuid,
  application_id uuid,
  child_id uuid,
  round_id uuid,
  is_sensitive boolean,
  -- When it was: by that it came in time or not.
  received_at timestamptz(3),
  check ((refusal is null) = (state <> 'REFUSED')),
  check (num_nulls(claim_id, application_id, child_id, round_id, is_sensitive, received_at) in (0, 6)),
  foreign key (claim_id, child_id, round_id, is_sensitive) references claim (id, child_id, round_id, is_sensitive) on delete cascade
);
create index claim_document_claim on claim_document (claim_id) where claim_id is not null;
create index claim_document_owner on claim_document (owner_id);
create index claim_document_waiting on claim_document (look_at) where state = 'SCANNING';
create index claim_document_unused on claim_document (sent_in_at) where claim_id is null;
create index claim_document_round on claim_document (round_id) where round_id is not null;
create index claim_document_application on claim_document (application_id) where application_id is not null;

-- Files whose row is gone, whatever took it: their content goes next.
create table file_to_erase (
  id uuid primary key
);

do $$
declare
  name text;
begin
  foreach name in array array['claim_document', 'file_to_erase'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
  end loop;
end $$;

create policy of_its_owner on claim_document for select to {{request}} using (
  owner_id = (select access.person()) and (select responsible_children())::uuid[] <> '{}'
  and (claim_id is null or child_id = any ((select responsible_children())::uuid[])));
create policy of_a_case_worker on claim_document for select to {{request}} using (
  not is_sensitive and 'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy of_who_was_named on claim_document for select to {{request}} using (
  claim_id = any ((select claims_assigned())::uuid[]));
create policy of_an_officer on claim_document for select to {{request}} using (
  child_id = any ((select children_of_officers())::uuid[]));
create policy unless_hidden on claim_document as restrictive for select to {{request}} using (
  application_id is null or application_id <> all ((select applications_hidden())::uuid[]));
create policy by_its_owner on claim_document for insert to {{request}} with check (
  claim_id is null and owner_id = (select access.person()) and (select responsible_children())::uuid[] <> '{}');
create policy by_its_owner_with_a_claim on claim_document for update to {{request}} using (
  claim_id is null and owner_id = (select access.person()) and (select responsible_children())::uuid[] <> '{}')
  with check (owner_id = (select access.person()) and child_id = any ((select responsible_children())::uuid[]));

grant select (id, owner_id, name, media_type, bytes, state, refusal, sent_in_at, claim_id, application_id, child_id, round_id, is_sensitive,
  received_at) on claim_document to {{request}};
grant insert (id, owner_id, name, media_type, bytes) on claim_document to {{request}};
grant update (claim_id) on claim_document to {{request}};
-- The service looks at contents, and does not know what they are called.
grant select (id, media_type, state, sent_in_at, look_at, looks, claim_id), update (state, refusal, bytes, look_at, looks), delete
  on claim_document to {{worker}};
grant select, delete on file_to_erase to {{worker}};

-- Goes with one claim, as long as somebody may decide on that.
create function go_with_the_claim() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  with_it claim;
begin
  if new.claim_id is not distinct from old.claim_id then
    return new;
  end if;
  select c.* into with_it from claim c join admission_round r on r.id = c.round_id
    join placement_application a on a.id = c.application_id
    where c.id = new.claim_id and c.verdict = 'UNDECIDED' and r.state in ('OPEN', 'CLOSED', 'ALLOCATED')
      and a.state not in ('DRAFT', 'WITHDRAWN', 'ENDED')
    for no key update of c for share of r;
  if old.claim_id is not null or with_it.id is null or old.state = 'REFUSED' then
    raise exception 'document % goes with no such claim', new.id using errcode = 'insufficient_privilege';
  end if;
  new.application_id := with_it.application_id;
  new.child_id := with_it.child_id;
  new.round_id := with_it.round_id;
  new.is_sensitive := with_it.is_sensitive;
  new.received_at := now();
  return new;
end $$;
create trigger claim_document_goes_with_the_claim before update of claim_id on claim_document
  for each row execute function go_with_the_claim();

-- What has come in shows what is claimed from when it came, without anybody who notes that, once it is known to be harmless (BHG-09). What was shown
-- before was shown before.
create function show_the_claim() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.claim_id is not null and new.state = 'READY' and (old.claim_id is null or old.state <> 'READY') then
    insert into claim_proof (id, claim_id, child_id, round_id, is_sensitive, proven_at)
    select gen_random_uuid(), c.id, c.child_id, c.round_id, c.is_sensitive, new.received_at from claim c
    where c.id = new.claim_id and (c.proven_at is null or c.proven_at > new.received_at);
  end if;
  return null;
end $$;
create trigger claim_document_shows_the_claim after update of claim_id, state on claim_document
  for each row execute function show_the_claim();

create function erase_the_file() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into file_to_erase values (old.id) on conflict do nothing;
  return null;
end $$;
create trigger claim_document_erases_the_file after delete on claim_document for each row execute function erase_the_file();

-- What nobody decides by any more: of applications that were withdrawn, and of rounds that are over, from when nobody appeals. What was appealed about
-- stays as long as nothing says that the appeal is in the archive (RET-02, RET-07, ADM-06).
create function forget_claim_documents_over(most int) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from claim_document where id in (
      select d.id from claim_document d join placement_application a on a.id = d.application_id
      join admission_round r on r.id = d.round_id
      where (a.state = 'WITHDRAWN' or r.state = 'FINISHED')
        and not exists (select from appeal p where p.application_id = a.id)
      limit most)
    returning 1)
  select count(*)::int from gone
$$;

-- What was sent in goes with whoever sent it, and with the child (RET-08).
create function erase_person_from_claim_documents(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from claim_document where owner_id = erased or child_id = erased;
$$;
revoke all on function go_with_the_claim(), show_the_claim(), erase_the_file(), forget_claim_documents_over(int),
  erase_person_from_claim_documents(uuid) from public;
grant execute on function forget_claim_documents_over(int), erase_person_from_claim_documents(uuid) to {{worker}};
