-- What a person reads of their own sessions: no more of a browser than its kind and its machine's, and nobody else reads it
-- (ADR-11). Sessions that are open now stay as they are, and say nothing of where they were opened.
alter table session
  add column browser text not null default 'OTHER',
  add column platform text not null default 'OTHER',
  add column is_new_browser boolean not null default false;

-- Browsers that a person has signed in from, each known by a secret of its own that only the browser has. The hash is of
-- person and secret together: that two people share a browser cannot be read from here.
create table known_browser (
  person_id uuid not null,
  browser_hash bytea not null,
  last_seen date not null,
  primary key (person_id, browser_hash)
);
create index known_browser_last_seen on known_browser (last_seen);

alter table known_browser enable row level security;
alter table known_browser force row level security;
create policy of_the_service on known_browser to {{worker}} using (true) with check (true);
grant select, insert, update, delete on known_browser to {{worker}};
