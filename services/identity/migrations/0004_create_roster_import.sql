-- One row for each roster file that was taken in or begun, so that a killed import goes on where it was.
create table roster_import (
  import_id uuid primary key,
  digest bytea not null,
  source text not null,
  state text not null check (state in ('READING', 'APPLYING', 'DONE', 'REFUSED')),
  phase text not null default 'units' check (phase in ('units', 'groups', 'persons', 'endings', 'done')),
  -- The last key of the phase that is done with.
  cursor text not null default '',
  -- The day that endings are dated with: kept, so that going on after midnight dates them alike.
  day date not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index roster_import_open on roster_import ((true)) where state in ('READING', 'APPLYING');

-- What a file says, whole, before any of it counts. Emptied for the next one.
create table staged_person (
  source_key text primary key,
  -- The id the person gets if nobody has this number yet; the number is bound to it.
  candidate_id uuid not null unique,
  lookup_hash bytea not null unique,
  key_id text not null,
  ciphertext bytea not null,
  kind text not null,
  login text unique,
  line integer not null,
  -- Who it turned out to be.
  person_id uuid
);
create table staged_group (
  source_key text primary key,
  -- OWNER, SCHOOL, KINDERGARTEN and AFTER_SCHOOL are units or above; BASIS, TEACHING and CONTACT are groups; OTHER is neither.
  kind text not null,
  name text not null,
  organisation_number text,
  parent_key text not null,
  line integer not null
);
create table staged_member (
  target_key text not null,
  person_key text not null,
  role text not null,
  from_day date not null,
  to_day date,
  line integer not null
);
create index staged_member_person on staged_member (person_key);
create index staged_member_target on staged_member (target_key);
