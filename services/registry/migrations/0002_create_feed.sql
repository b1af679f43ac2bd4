-- How far the feed of Folkeregisteret has been taken in. The pointer is ours alone to remember: the register keeps none.
create table feed_pointer (
  is_only boolean primary key default true check (is_only),
  -- Number of the last event taken in; null before anything was read for the first time.
  sequence bigint,
  -- What the register gave with its last answer to "what comes after sequence?".
  etag text,
  caught_up_at timestamptz
);
insert into feed_pointer default values;

-- Events about followed persons, and of nobody else (FREG-06). Whom it is about is an id: no number stands here.
create table feed_event (
  sequence bigint not null,
  person_id uuid not null references followed_person on delete cascade,
  type text not null,
  received_at timestamptz not null default now(),
  -- When a reading that began after it arrived was settled.
  handled_at timestamptz,
  -- Two followed persons may have one number, and then one event is about both (FREG-03).
  primary key (sequence, person_id)
);
create index feed_event_unhandled on feed_event (person_id) where handled_at is null;
create index feed_event_person on feed_event (person_id);
create index feed_event_handled_at on feed_event (handled_at) where handled_at is not null;

do $$
declare
  name text;
begin
  foreach name in array array['feed_pointer', 'feed_event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
