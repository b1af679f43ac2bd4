-- What this service tells, in the transaction that made it true; kept for thirty days after it was published.
create table outbox (
  id bigint generated always as identity primary key,
  event_id uuid not null unique,
  type text not null,
  subject text not null,
  data jsonb not null,
  occurred_at timestamptz not null default now(),
  traceparent text,
  seq bigint unique,
  stream_sequence bigint,
  published_at timestamptz
);
create index outbox_unpublished on outbox (id) where published_at is null;
create index outbox_published_at on outbox (published_at) where published_at is not null;

-- The last place in this service's order of telling, and the stream it was told to.
create table outbox_position (
  is_only boolean primary key default true check (is_only),
  seq bigint not null default 0,
  stream_created timestamptz,
  stream_sequence bigint not null default 0
);
insert into outbox_position default values;

-- What this service has heard, by consumer: an event that comes twice has its effect once.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  heard_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_heard_at on inbox (heard_at);

-- What could not be taken in, with its cause. Whoever sets replay_requested_at has it tried again.
create table dead_letter (
  id uuid primary key,
  consumer text not null,
  event_id uuid,
  type text not null,
  cause text not null,
  envelope jsonb,
  dead_at timestamptz not null default now(),
  replay_requested_at timestamptz,
  replayed_at timestamptz
);
create index dead_letter_open on dead_letter (consumer, dead_at) where replayed_at is null;

create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
create trigger outbox_notify after insert on outbox for each statement execute function notify_outbox();

do $$
declare
  name text;
begin
  foreach name in array array['outbox', 'outbox_position', 'inbox', 'dead_letter'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

-- A request tells facts too, in its own transaction, and reads none back.
create policy of_a_request on outbox for insert to {{request}} with check (true);
grant insert (event_id, type, subject, data, traceparent) on outbox to {{request}};
grant usage on schema public to {{request}}, {{worker}};
