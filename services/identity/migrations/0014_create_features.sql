-- What was stated of features, where and by whom: the history, and all that counts is worked out from it. Rows are added
-- and never changed. A place is the municipality, a kind of unit, or some units.
create table feature_act (
  act_id uuid primary key,
  ordinal bigint generated always as identity unique,
  kind text not null check (kind in ('STATEMENT', 'STOP', 'CANCELLATION')),
  feature text not null check (feature ~ '^[A-Z_]+$'),
  level text not null check (level in ('MUNICIPALITY', 'UNIT_KIND', 'UNIT')),
  unit_kind text check (unit_kind in ('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')),
  unit_ids uuid[] not null default '{}',
  state text check (state in ('CLOSED', 'OPEN', 'SUSPENDED')),
  -- Counts from this day, by itself.
  opens_on date,
  -- Somebody was warned of the day that it opens on, and insists: the reason says why.
  insists_on_day boolean not null default false,
  is_readable boolean not null default true,
  -- What people read, as the municipality writes it: nb, nn and en.
  notice jsonb,
  reason_id uuid references confidential_text,
  -- The emergency stops that this ends where it counts, and the decision of two that does.
  lifts uuid[] not null default '{}',
  decision_id uuid references proposal,
  cancels uuid unique references feature_act,
  power text not null check (power in ('MUNICIPAL_ADMINISTRATOR', 'LEADER')),
  -- Null: the service itself, which can stop and nothing else.
  made_by uuid references person,
  made_at timestamptz not null default now(),
  -- The actor's own key for the act, so that doing it again is no second act; and what was done, as a keyed hash.
  idempotency_key text check (length(idempotency_key) between 1 and 64),
  request_hash bytea check (octet_length(request_hash) = 32),
  unique (made_by, idempotency_key),
  check ((level = 'UNIT_KIND') = (unit_kind is not null)),
  check ((level = 'UNIT') = (unit_ids <> '{}')),
  check ((kind = 'CANCELLATION') = (cancels is not null) and (kind = 'CANCELLATION') = (state is null)),
  check (opens_on is null or (kind = 'STATEMENT' and state = 'OPEN')),
  check (kind <> 'STOP' or state <> 'OPEN'),
  check (state <> 'OPEN' or is_readable),
  check (notice is null or notice ?& array['nb', 'nn', 'en']),
  -- A stop takes one person, a start after it two.
  check (lifts = '{}' or (kind = 'STATEMENT' and state = 'OPEN')),
  check ((lifts <> '{}') = (decision_id is not null)),
  check ((made_by is null) = (reason_id is null) and (made_by is null) = (idempotency_key is null)
    and (made_by is null) = (request_hash is null)),
  check (made_by is not null or kind = 'STOP')
);
create index feature_act_feature on feature_act (feature, ordinal);
create trigger feature_act_is_kept before update or delete on feature_act for each row execute function refuse_change();
create trigger feature_act_is_whole before truncate on feature_act for each statement execute function refuse_truncate();

-- What ends a stop is what two people have decided, word for word and in this transaction.
create function refuse_undecided_reopening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not is_decided(new.decision_id, '{REOPEN_FEATURE}', true) or not exists (
    select from proposal p where p.proposal_id = new.decision_id and p.proposed_by = new.made_by
      and p.payload ->> 'actId' = new.act_id::text and p.payload ->> 'feature' = new.feature
      and p.payload -> 'lifts' = to_jsonb(new.lifts) and p.payload -> 'place' ->> 'level' = new.level
      and coalesce(p.payload -> 'place' -> 'unitIds', '[]') = to_jsonb(new.unit_ids)
      and p.payload -> 'place' ->> 'unitKind' is not distinct from new.unit_kind
      and (p.payload ->> 'opensOn')::date is not distinct from new.opens_on) then
    raise exception 'act % ends a stop by no decision', new.act_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger feature_act_is_decided before insert on feature_act
  for each row when (new.lifts <> '{}') execute function refuse_undecided_reopening();

-- Several reopenings may wait at once: each is a wave of its own.
drop index proposal_open;
create unique index proposal_open on proposal
  (kind, child_id, person_id, grant_id, restriction_id, (coalesce(payload ->> 'role', payload ->> 'actId')))
  nulls not distinct where outcome is null;

-- How features stand at a unit by all of that, as it was told last.
create table unit_features (
  unit_id uuid primary key references unit,
  revision integer not null,
  standings jsonb not null check (jsonb_typeof(standings) = 'array')
);

-- How to reach the office of a unit. The municipality's own word: no register is the source of it and none overwrites it.
create table unit_contact (
  unit_id uuid primary key references unit,
  phone text check (phone ~ '^\+?[0-9 ]{3,20}$'),
  email text check (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(email) <= 254),
  opening_hours text check (length(opening_hours) between 1 and 200),
  changed_by uuid not null references person,
  changed_at timestamptz not null default now()
);

do $$
declare
  name text;
begin
  foreach name in array array['feature_act', 'unit_features', 'unit_contact'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
end $$;
grant select, insert on feature_act to {{worker}};
grant select, insert, update on unit_features, unit_contact to {{worker}};

-- Written in the name of whoever has entered the transaction, and as far as their role of today goes: an administrator
-- anywhere, a leader at the units they lead. What the service may by itself is to stop.
create policy by_who_directs on feature_act for insert to {{worker}} with check (
  (made_by is null and kind = 'STOP')
  or ('MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]) and (
    lifts <> '{}' or (made_by = (select access.staff()) and power = 'MUNICIPAL_ADMINISTRATOR')))
  or (made_by = (select access.staff()) and power = 'LEADER' and lifts = '{}'
    and level = 'UNIT' and unit_ids <@ (select access.led_units())));
create policy as_it_follows on unit_features to {{worker}} using (true) with check (true);
create policy by_its_own on unit_contact for insert to {{worker}} with check (
  changed_by = (select access.staff()) and (
    'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[])
    or unit_id = any ((select access.led_units())::uuid[])));
create policy change_by_its_own on unit_contact for update to {{worker}} using (
  'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[])
  or unit_id = any ((select access.led_units())::uuid[]))
  with check (changed_by = (select access.staff()));

-- An administrator sees all of it; a leader what holds for the units they lead; everybody what stands at units they see.
create policy of_the_administrator on feature_act for select to {{request}} using (
  'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy of_the_leader on feature_act for select to {{request}} using (
  (select access.led_units()) <> '{}' and (level <> 'UNIT' or unit_ids && (select access.led_units())));
create policy seen on unit_features for select to {{request}} using (
  unit_id = any ((select access.seen_units())::uuid[])
  or 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy seen on unit_contact for select to {{request}} using (
  unit_id = any ((select access.seen_units())::uuid[])
  or 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy of_the_administrator on unit for select to {{request}} using (
  'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
create policy of_features on proposal for select to {{request}} using (
  kind = 'REOPEN_FEATURE' and 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
grant select on feature_act to {{request}};
grant select (unit_id, standings) on unit_features to {{request}};
grant select (unit_id, phone, email, opening_hours) on unit_contact to {{request}};

-- Why something was stated is for administrators to read.
create function access.feature_texts() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not 'MUNICIPAL_ADMINISTRATOR' = any (access.municipal()) then
    return '{}';
  end if;
  return array(
    select reason_id from feature_act where reason_id is not null
    union select reason_id from proposal where kind = 'REOPEN_FEATURE' and reason_id is not null);
end $$;
create policy of_features on confidential_text for select to {{request}} using (
  text_id = any ((select access.feature_texts())::uuid[]));
