-- Everybody the municipality has a case for. What the population register says of them is as it was last read.
create table person (
  person_id uuid primary key,
  -- On a roster as a child, now or before.
  is_child boolean not null default false,
  -- Why the registers are asked about this person; null: they are not (FREG-06).
  followed_as text check (followed_as in ('child', 'guardian', 'staff')),
  -- The last reading that was taken in. Null is_in_register: never read.
  register_revision integer not null default 0,
  register_read_at timestamptz,
  is_in_register boolean,
  -- After a merge: readings older than this are from before it and say too little.
  readings_from timestamptz,
  given text,
  middle text,
  family text,
  birth_date date,
  death_date date,
  is_dead boolean not null default false,
  register_status text,
  has_false_identity boolean not null default false,
  has_national_number boolean not null default false,
  is_represented boolean not null default false,
  protection text not null default 'NONE'
    check (protection in ('NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG')),
  language text check (language in ('nb', 'nn', 'en', 'se')),
  contact_revision integer not null default 0,
  -- The same human under another id, which is the one that counts (FREG-09).
  merged_into uuid references person,
  -- How often each fact about this person has been told.
  guardians_revision integer not null default 0,
  enrolments_revision integer not null default 0,
  roles_revision integer not null default 0,
  check (merged_into is distinct from person_id)
);

-- National numbers, all that a person has or had (FREG-08). Never in the clear (S-10): found by a keyed hash, read by few.
create table person_number (
  lookup_hash bytea primary key check (octet_length(lookup_hash) = 32),
  person_id uuid not null references person,
  key_id text not null,
  ciphertext bytea not null,
  kind text not null check (kind in ('NATIONAL', 'D_NUMBER')),
  is_in_use boolean not null default true
);
create index person_number_person on person_number (person_id);
create index person_number_key on person_number (key_id);

-- Written at every sign-in, so that a first one costs what any other does (GUA-20).
create table sign_in (
  person_id uuid primary key references person,
  last_at timestamptz not null
);

-- The names that staff sign in by.
create table staff_login (
  login text primary key check (login = lower(login)),
  person_id uuid not null references person,
  source text not null,
  is_current boolean not null default true
);
create index staff_login_person on staff_login (person_id);
