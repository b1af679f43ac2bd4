alter table reading
  -- What was read last says that the person's address is protected: such people are all compared, each night (FREG-15).
  add column is_protected boolean not null default false,
  -- Read to compare, and not because something happened.
  add column is_comparing boolean not null default false;
create index reading_protected on reading (person_id) where is_protected;
create index reading_read_at on reading (read_at) where register = 'freg';

-- Whoever was found to be another than the feed had said, until it is certain that the feed is not merely late.
create table difference (
  person_id uuid primary key references followed_person on delete cascade,
  found_at timestamptz not null default now()
);

create table reconciliation (
  is_only boolean primary key default true check (is_only),
  -- Whoever is followed before the first night has just been read.
  begun_at timestamptz not null default now()
);
insert into reconciliation default values;

do $$
declare
  name text;
begin
  foreach name in array array['difference', 'reconciliation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
