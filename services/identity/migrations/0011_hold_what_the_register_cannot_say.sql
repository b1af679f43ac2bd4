alter table person
  -- The count of the registry's word that this person cannot be read, or of its word that could not be taken in here. What
  -- is told under a higher one takes it back (GUA-01, S-24).
  add column failed_revision integer,
  add column is_unreadable boolean not null generated always as (coalesce(failed_revision > register_revision, false)) stored,
  -- When the registry was asked last to say again what could not be taken in; null where it is not for us to ask.
  add column word_lost_at timestamptz,
  -- The register has split this person from another who had been taken for the same. It stays for staff (FREG-09).
  add column was_split boolean not null default false;
create index person_unreadable on person (person_id) where is_unreadable;

-- Up to when all that the population register said is known here. Null: nothing is.
create table register_state (
  is_only boolean primary key default true check (is_only),
  followed_up_to timestamptz
);
insert into register_state default values;
alter table register_state enable row level security;
alter table register_state force row level security;
create policy of_the_service on register_state to {{worker}} using (true) with check (true);
create policy of_the_owner on register_state for select to {{owner}} using (true);
grant select, update on register_state to {{worker}};

-- Until when what the register said of guardians counts, unless it is heard of again (GUA-01).
create function access.guardians_until() returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select followed_up_to + interval '24 hours' from register_state $$;
-- Whether anybody of a capacity is answered at all. The same question that other services put to their copies.
create function access.answers_to(capacity text) returns boolean language sql stable
  as $$ select capacity is distinct from 'guardian' or coalesce(now() < access.guardians_until(), false) $$;
revoke all on function access.guardians_until(), access.answers_to(text) from public;
grant execute on function access.guardians_until(), access.answers_to(text) to {{service}}, {{request}}, {{worker}};

-- What the register cannot say is not for anybody to let through; that two persons were taken for one is for two (FREG-09).
alter table access_grant add check (not 'REGISTER_UNREADABLE' = any (confirmed_for));
create function refuse_lone_word_on_split() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not is_decided(new.decision_id, '{CONFIRM_GRANT,GRANT_ACCESS}', true) then
    raise exception 'grant % is let through by no decision of two', new.grant_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger access_grant_split_takes_two before update on access_grant
  for each row when ('SPLIT' = any (new.confirmed_for) and not 'SPLIT' = any (old.confirmed_for))
  execute function refuse_lone_word_on_split();
