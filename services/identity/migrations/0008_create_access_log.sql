-- What staff have been told of children (S-11), as it comes in: from requests here, in the transaction that answers them,
-- and from other services by event. One row an answer; it waits for about a second until it is sealed into the log.
create table staff_read (
  read_id uuid primary key,
  service text not null default 'identity',
  reader_id uuid not null,
  capacity text not null,
  read_at timestamptz not null default now(),
  reads jsonb not null check (jsonb_typeof(reads) = 'array' and reads <> '[]')
);

-- The log: an entry for each child and kind of data in an answer. Blocks follow each other without a gap; each has hashes
-- of its entries and the hash of the block before it, so that nothing can be changed, cut out, moved or put in unseen.
create table access_log_block (
  number bigint primary key check (number > 0),
  sealed_at timestamptz not null,
  entry_count integer not null check (entry_count > 0),
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash bytea not null unique check (octet_length(hash) = 32)
);
create index access_log_block_sealed_at on access_log_block (sealed_at);

create table access_log (
  block bigint not null references access_log_block,
  place integer not null check (place >= 0),
  read_id uuid not null,
  service text not null,
  reader_id uuid not null,
  capacity text not null,
  child_id uuid not null,
  kind text not null check (kind ~ '^[A-Z_]+$'),
  -- Where the role is held that opened it. Null for a role in the whole municipality.
  unit_id uuid,
  role text not null,
  rule text not null,
  read_at timestamptz not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (block, place)
);
create index access_log_child on access_log (child_id, block desc, place desc);

-- The blocks whose hashes were told to other services, which hold them against this one.
create table access_log_head (
  number bigint primary key references access_log_block,
  told_at timestamptz not null default now()
);

-- Nobody changes the log, its superuser least of all without having switched this off first. Old blocks go by
-- forget_access_log alone, which runs as the owner.
create function refuse_log_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user = '{{owner}}' then
    return old;
  end if;
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create function refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- What has come in leaves for the newest block of the log and for nowhere else.
create function refuse_loss() returns trigger language plpgsql as $$
begin
  if exists (
    select from gone where not exists (
      select from access_log l
      where l.block = (select max(number) from access_log_block) and l.read_id = gone.read_id)) then
    raise exception 'rows of % leave for the log and for nowhere else', tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger staff_read_is_kept after delete on staff_read referencing old table as gone
  for each statement execute function refuse_loss();
create trigger staff_read_is_unchanged before update on staff_read for each row execute function refuse_log_change();

do $$
declare
  name text;
begin
  foreach name in array array['access_log', 'access_log_block', 'access_log_head'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_log_change()',
      name || '_is_kept', name);
  end loop;
  foreach name in array array['staff_read', 'access_log', 'access_log_block', 'access_log_head'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_truncate()',
      name || '_is_whole', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert on %I to {{worker}}', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
end $$;
grant delete on staff_read to {{worker}};

-- A member of staff leaves a trace of their own and reads none. A guardian reads that of their own children.
create policy own on staff_read for insert to {{request}} with check (reader_id = (select access.staff()));
grant insert (read_id, reader_id, capacity, reads) on staff_read to {{request}};
create policy of_a_guardian on access_log for select to {{request}} using (
  child_id = any ((select access.children())::uuid[]));
grant select (block, place, service, reader_id, capacity, child_id, kind, unit_id, role, rule, read_at) on access_log
  to {{request}};

-- RET-10: a security log is kept for twelve months. Whole blocks go, up to one whose hash others hold; that block itself
-- stays without its entries, so that the chain still begins at something that is known.
create policy of_age on access_log for delete to {{owner}} using (read_at < now() - interval '12 months');
create policy of_age on access_log_block for delete to {{owner}} using (sealed_at < now() - interval '12 months');
create policy of_age on access_log_head for delete to {{owner}} using (told_at < now() - interval '12 months');
create function forget_access_log() returns bigint
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  kept bigint;
begin
  -- A day later than it might, so that no clock of another service says younger of an entry than of its block.
  select min(h.number) into kept from access_log_head h join access_log_block b using (number)
    where greatest(h.told_at, b.sealed_at) < now() - interval '12 months 1 day'
      and h.number > (select min(number) from access_log_block);
  delete from access_log where block <= kept;
  delete from access_log_head where number < kept;
  delete from access_log_block where number < kept;
  return kept;
end $$;
revoke all on function forget_access_log() from public;
grant execute on function forget_access_log() to {{worker}};
