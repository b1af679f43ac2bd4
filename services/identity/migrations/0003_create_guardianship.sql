-- Current entries of parental responsibility, as the child's own document in the register has them.
create table responsibility (
  child_id uuid not null references person,
  value text not null,
  holder_kind text not null check (holder_kind in ('person', 'unidentified', 'organisation', 'nobody', 'refused')),
  holder_id uuid references person,
  since text,
  check ((holder_kind = 'person') = (holder_id is not null))
);
create index responsibility_child on responsibility (child_id);
create index responsibility_holder on responsibility (holder_id) where holder_id is not null;

-- Who has or may come to have access to a child, by what ground (GUA-06). Ended grants stay; a new start is a new row.
create table access_grant (
  grant_id uuid primary key,
  child_id uuid not null references person,
  person_id uuid not null references person,
  ground text not null check (ground in ('PARENTAL_RESPONSIBILITY', 'MANUAL')),
  state text not null check (state in ('PENDING', 'ACTIVE', 'SUSPENDED', 'ENDED')),
  -- What keeps it from being active, and what staff have confirmed in spite of.
  holds text[] not null,
  confirmed_for text[] not null default '{}',
  -- The day access ends by itself: the child's eighteenth birthday (GUA-14). Reading compares it, so nobody waits for a job.
  ends_on date,
  opened_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'ENDED') = (ended_at is not null)),
  check (state <> 'ACTIVE' or holds = '{}')
);
create unique index access_grant_open on access_grant (child_id, person_id, ground) where state <> 'ENDED';
create index access_grant_person on access_grant (person_id) where state <> 'ENDED';
create index access_grant_ends_on on access_grant (ends_on) where state <> 'ENDED';

create table grant_history (
  id bigint generated always as identity primary key,
  grant_id uuid not null references access_grant,
  from_state text,
  to_state text not null,
  reason text not null,
  -- `registry`, `timer`, or the id of the person who decided.
  actor text not null,
  -- The reading of the child that it was decided on.
  register_revision integer not null,
  at timestamptz not null default now()
);
create index grant_history_grant on grant_history (grant_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are added and never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger grant_history_is_kept before update or delete on grant_history
  for each row execute function refuse_change();

-- What a member of staff has to look at. At most one open of a kind for a child.
create table work_item (
  work_item_id uuid primary key,
  kind text not null,
  child_id uuid references person,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by text,
  check ((closed_at is null) = (closed_by is null))
);
create unique index work_item_open on work_item (child_id, kind) nulls not distinct where closed_at is null;
