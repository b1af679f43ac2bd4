-- That somebody has asked to publish a round as it stands, with what they had seen: carried out as soon as may be, with more time than a request has,
-- and again where it was cut off. Gone once the round is published; otherwise it says why it was not, until somebody asks again.
create table round_publishing (
  round_id uuid primary key references admission_round on delete cascade,
  asked_by uuid not null,
  asked_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  seen jsonb not null check (jsonb_typeof(seen) = 'array'),
  -- When the timer tries it, unless it was done by then.
  next_at timestamptz,
  refusal jsonb,
  check ((next_at is null) = (refusal is not null))
);
create index round_publishing_due on round_publishing (next_at) where next_at is not null;
alter table round_publishing enable row level security;
alter table round_publishing force row level security;
create policy of_the_owner on round_publishing to {{owner}} using (true) with check (true);
create policy of_the_service on round_publishing to {{worker}} using (true) with check (true);
create policy of_a_case_worker on round_publishing for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[]));
-- Nobody asks in another's name, nor beside somebody who has asked already (S-20).
create policy by_a_case_worker on round_publishing for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and asked_by = (select access.person()) and refusal is null);
create policy again_by_a_case_worker on round_publishing for update to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and refusal is not null)
  with check (asked_by = (select access.person()) and refusal is null);
grant select, insert on round_publishing to {{request}};
grant update (asked_by, asked_at, idempotency_key, seen, next_at, refusal) on round_publishing to {{request}};
grant select, delete, update (next_at, seen, refusal) on round_publishing to {{worker}};

-- Whoever is erased asks for nothing any more, and why something was refused names none of their applications (RET-08, RET-12).
create function forget_publishing(erased uuid, applications uuid[]) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from round_publishing p where p.asked_by = erased
    or exists (select from unnest(applications) as a (id) where position(a.id::text in p.refusal::text || p.seen::text) > 0);
$$;
create or replace function forget_runs_of(applications uuid[]) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from run r using placement_application a
  where a.id = any (applications) and r.round_id = a.round_id and r.purpose = 'SIMULATION' and position(a.id::text in r.snapshot) > 0;
  update round_override set reason = null where application_id = any (applications) and reason is not null;
  update round_override_withdrawal w set reason = null from round_override o
  where o.id = w.override_id and o.application_id = any (applications) and w.reason is not null;
  select forget_publishing(null, applications);
$$;
revoke all on function forget_publishing(uuid, uuid[]), forget_runs_of(uuid[]) from public;
create or replace function erase_person_from_runs(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select forget_runs_of(array(select a.id from placement_application a where a.child_id = erased));
  select forget_publishing(erased, '{}');
  update round_override set decided_by = null where decided_by = erased;
  update round_override_approval set approved_by = null where approved_by = erased;
  update round_override_withdrawal set withdrawn_by = null where withdrawn_by = erased;
  update right_decision set decided_by = null where decided_by = erased;
  update scenario set saved_by = null where saved_by = erased;
  update run set made_by = null where made_by = erased;
$$;
