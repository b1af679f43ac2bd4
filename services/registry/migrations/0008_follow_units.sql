-- Schools and kindergartens that the open registers list for the municipality, and what of them was told last.
create table unit (
  organisation_number text primary key check (organisation_number ~ '^\d{9}$'),
  source text not null check (source in ('nsr', 'nbr')),
  -- `DatoEndret` as the register writes it: another one means that it has changed.
  changed_at text,
  read_at timestamptz not null,
  revision bigint not null,
  -- All of it is public. False in `is_told`: to be told again, whatever it is.
  record jsonb not null,
  is_told boolean not null
);

-- When all of them were looked through last.
create table unit_poll (
  is_only boolean primary key default true check (is_only),
  done_at timestamptz
);
insert into unit_poll default values;

do $$
declare
  name text;
begin
  foreach name in array array['unit', 'unit_poll'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
