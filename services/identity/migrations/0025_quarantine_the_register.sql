-- A sudden mass change in what the register says gives nobody access until people have looked at it (FREG-10, X14). What
-- takes access away, or protects, counts at once all the same.

-- When the guardians of a child were first worked out with everybody read. What comes before that is no change.
alter table person add column settled_at timestamptz;
update person set settled_at = now() where is_child and is_in_register is not null;
create index person_settled on person (person_id) where settled_at is not null;

-- What the register changed for children whose guardians had been worked out: what the fuse counts.
create table register_change (
  id bigint generated always as identity primary key,
  child_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('OPENED', 'CLOSED', 'RAISED', 'LOWERED')),
  at timestamptz not null
);
create index register_change_at on register_change (at);

-- Each time that the fuse blew, and what people decided then: rows are the history and stay.
create table quarantine (
  quarantine_id uuid primary key,
  opened_at timestamptz not null,
  -- What was counted of what, and how many it might have been.
  cause text not null check (cause in ('OPENED', 'CLOSED', 'RAISED', 'LOWERED')),
  counted integer not null,
  allowed integer not null,
  children integer not null,
  outcome text check (outcome in ('RELEASED', 'REFUSED')),
  -- No reference: whoever made the decision may be erased, and it with them.
  decision_id uuid,
  decided_at timestamptz,
  -- Up to which change people have looked: nothing up to there is counted again.
  counted_to bigint,
  -- What it held then.
  held_grants integer,
  held_children integer,
  check ((outcome is null) = (decision_id is null) and (outcome is null) = (decided_at is null)
    and (outcome is null) = (held_grants is null) and (outcome is null) = (held_children is null))
);
create unique index quarantine_open on quarantine ((true)) where outcome is null;
create index quarantine_newest on quarantine (opened_at desc, quarantine_id desc);
create index access_grant_quarantined on access_grant (child_id)
  where state <> 'ENDED' and holds && '{QUARANTINED}';

-- It ends by what people decide, in that transaction: two to let it go, one to keep it closed.
create function keep_quarantine() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or old.outcome is not null or new.opened_at <> old.opened_at or not exists (
    select from proposal p where p.proposal_id = new.decision_id
      and p.payload ->> 'quarantineId' = new.quarantine_id::text
      and is_decided(p.proposal_id, array[case new.outcome when 'RELEASED' then 'RELEASE_QUARANTINE' else 'REFUSE_QUARANTINE' end],
        new.outcome = 'RELEASED')) then
    raise exception 'quarantine % is ended by a decision', old.quarantine_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger quarantine_is_kept before update or delete on quarantine for each row execute function keep_quarantine();
create trigger quarantine_is_whole before truncate on quarantine for each statement execute function refuse_truncate();

-- As long as one is open nothing that the register says opens anything, and what is held stays so; what people open by name
-- is theirs. A hold ends with the grant, when the quarantine was let go, or as one that was refused.
create function refuse_quarantined_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  was_held constant boolean := tg_op = 'UPDATE' and 'QUARANTINED' = any (old.holds);
begin
  if (new.state = 'ACTIVE' and access.staff() is null and (tg_op = 'INSERT' or old.state <> 'ACTIVE'))
    or (was_held and new.state <> 'ENDED' and not new.holds && '{QUARANTINED,REFUSED}') then
    perform take_turn();
    if exists (select from quarantine where outcome is null) then
      raise exception 'grant % is in quarantine', new.grant_id using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
create trigger access_grant_is_not_quarantined before insert or update on access_grant
  for each row when (new.ground = 'PARENTAL_RESPONSIBILITY') execute function refuse_quarantined_grant();

do $$
declare
  name text;
begin
  foreach name in array array['register_change', 'quarantine'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
end $$;
grant select, insert, delete on register_change to {{worker}};
grant select, insert, update on quarantine to {{worker}};

-- Numbers are for administrators and protection officers, and are all that there is of it to read.
create policy of_the_municipality on quarantine for select to {{request}} using (
  (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}');
create policy of_the_quarantine on proposal for select to {{request}} using (
  kind in ('RELEASE_QUARANTINE', 'REFUSE_QUARANTINE')
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}');
create policy on_a_quarantine on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and (decided_by is null or decided_by = proposed_by)
  and child_id is null and kind in ('RELEASE_QUARANTINE', 'REFUSE_QUARANTINE')
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}');
create policy on_a_quarantine_decided on proposal for update to {{worker}} using (outcome is null) with check (
  decided_by = (select access.staff()) and kind in ('RELEASE_QUARANTINE', 'REFUSE_QUARANTINE')
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}');
create policy of_the_quarantine on work_item for select to {{request}} using (
  kind = 'REGISTER_QUARANTINE'
  and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}');
grant select on quarantine to {{request}};

create function access.held_in_quarantine(out grants integer, out children integer)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if access.municipal() && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}' then
    select count(*), count(distinct child_id) into grants, children
      from access_grant where state <> 'ENDED' and holds && '{QUARANTINED}';
  end if;
end $$;
create function access.quarantine_texts() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not access.municipal() && '{MUNICIPAL_ADMINISTRATOR,PROTECTION_OFFICER}' then
    return '{}';
  end if;
  return array(
    select reason_id from proposal where kind in ('RELEASE_QUARANTINE', 'REFUSE_QUARANTINE') and reason_id is not null);
end $$;
revoke all on function access.held_in_quarantine(), access.quarantine_texts() from public;
grant execute on function access.held_in_quarantine(), access.quarantine_texts() to {{request}};
create policy of_the_quarantine on confidential_text for select to {{request}} using (
  text_id = any ((select access.quarantine_texts())::uuid[]));
