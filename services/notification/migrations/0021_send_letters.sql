-- What was decided, as a letter, sealed as identity told it, until it was opened or is on paper.
create table decision_text (
  decision_id uuid primary key,
  person_id uuid not null,
  sealed text not null,
  heard_at timestamptz not null default now()
);
create index decision_text_person on decision_text (person_id);

-- Where a letter has come to. Its address is asked for when it is to go, and not kept: it lies here sealed until it went.
alter table letter
  add column state text not null default 'WANTED'
    check (state in ('WANTED', 'ADDRESSED', 'SENT', 'PRINTED', 'BY_HAND', 'FAILED')),
  add column reason_by_hand text check (reason_by_hand in ('PROTECTED', 'NO_ADDRESS', 'NO_TEXT', 'REJECTED')),
  add column address text,
  add column outside_id text,
  add column sent_at timestamptz,
  add column attempt integer not null default 0,
  add column next_at timestamptz default now(),
  add check ((reason_by_hand is not null) = (state = 'BY_HAND')),
  add check ((address is not null) = (state = 'ADDRESSED'));
create index letter_due on letter (next_at) where next_at is not null;

alter table decision_text enable row level security;
alter table decision_text force row level security;
create policy of_the_service on decision_text to {{worker}} using (true) with check (true);
grant select, insert, update, delete on decision_text to {{worker}};

-- The second lock: there is no address to hand a letter over with for somebody protected (S-08).
create policy not_protected on letter as restrictive for update to {{worker}} using (true) with check (
  address is null or not is_shielded(person_id, '{}'));
