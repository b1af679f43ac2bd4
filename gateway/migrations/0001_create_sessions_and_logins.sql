-- Who is signed in. Nothing here says what they may see: that is looked up at the moment of reading. Nothing here opens a
-- session either: the browser's secret is kept as a hash.
create table session (
  id uuid primary key,
  secret_hash bytea not null unique,
  kind text not null check (kind in ('guardian', 'staff')),
  person_id uuid not null,
  level text not null check (level in ('substantial', 'high')),
  issuer text not null,
  -- The issuer's own name for its session (`sid`), by which it tells of logouts.
  issuer_session text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  ends_at timestamptz not null
);
create index session_person on session (person_id);
create index session_issuer_session on session (issuer, issuer_session);
create index session_ends_at on session (ends_at);

-- A login that has been sent to its issuer and has not come back. Taken away by the first answer, whatever it says.
create table login (
  secret_hash bytea primary key,
  kind text not null check (kind in ('guardian', 'staff')),
  level text not null check (level in ('substantial', 'high')),
  state text not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  -- The person who is signed in already and asks for a higher level.
  steps_up uuid,
  expires_at timestamptz not null
);
create index login_expires_at on login (expires_at);

create function notify_sessions() returns trigger language plpgsql as $$
begin
  perform pg_notify('sessions', '');
  return null;
end $$;
create trigger session_ended after delete on session for each statement execute function notify_sessions();

do $$
declare
  name text;
begin
  foreach name in array array['session', 'login'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
