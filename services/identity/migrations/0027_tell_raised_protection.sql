-- Whose protection was raised, and which services have let go of what they kept of them (ADR-12). One row for each person: the
-- newest raise. Written by the database itself, by whatever way protection goes up: nobody can forget to tell it.
create table protection_raise (
  person_id uuid primary key references person on delete cascade,
  raise_id uuid not null default gen_random_uuid(),
  raised_at timestamptz not null default now(),
  -- Null: not told yet.
  told_at timestamptz
);
create index protection_raise_untold on protection_raise (person_id) where told_at is null;
create table protection_acknowledgement (
  person_id uuid not null references protection_raise on delete cascade,
  service text not null,
  raise_id uuid not null,
  acknowledged_at timestamptz not null default now(),
  primary key (person_id, service)
);

do $$
declare
  name text;
begin
  foreach name in array array['protection_raise', 'protection_acknowledgement'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    -- For the references, which run as the owner.
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

create function note_raised_protection() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into protection_raise as known (person_id) values (new.person_id)
  on conflict (person_id) do update set raise_id = gen_random_uuid(), raised_at = now(), told_at = null;
  return null;
end $$;
-- What a person is held at or what the register says, whichever is more; a client address alone is no protection (ADR-14).
create trigger person_is_raised after update of protection, held_protection on person for each row
  when (greatest(protection_rank(new.protection), protection_rank(new.held_protection)) >= protection_rank('FORTROLIG')
    and greatest(protection_rank(new.protection), protection_rank(new.held_protection))
      > greatest(protection_rank(old.protection), protection_rank(old.held_protection)))
  execute function note_raised_protection();

-- Of whoever is erased nothing is left to conceal, and an id that is nobody's any more says nothing of a protection.
create function forget_raised_protection() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from protection_raise where person_id = new.person_id;
  return null;
end $$;
create trigger erased_is_not_concealed after insert on erasure for each row execute function forget_raised_protection();
