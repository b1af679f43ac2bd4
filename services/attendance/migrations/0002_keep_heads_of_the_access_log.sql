-- Hashes of identity's access log as they were told. Kept here, out of the reach of whoever could change that log, so
-- that a change of it shows (S-11). Added to and never changed; forgotten a month after the blocks they are about.
create table access_log_head (
  block bigint primary key check (block > 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  heard_at timestamptz not null default now()
);
create index access_log_head_heard_at on access_log_head (heard_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger access_log_head_is_kept before update on access_log_head
  for each row execute function refuse_change();

alter table access_log_head enable row level security;
alter table access_log_head force row level security;
create policy of_the_service on access_log_head to {{worker}} using (true) with check (true);
create policy of_age on access_log_head as restrictive for delete to {{worker}}
  using (heard_at < now() - interval '13 months');
grant select, insert, delete on access_log_head to {{worker}};
