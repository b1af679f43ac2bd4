-- That somebody is to be told that something waits for them: once per notice and person, whoever says so and how often.
create table notice (
  notice_id uuid not null,
  person_id uuid not null,
  capacity text not null check (capacity in ('guardian', 'staff')),
  source text not null,
  category text not null,
  importance text not null,
  unit_id uuid,
  child_ids uuid[] not null,
  subject_id uuid not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  -- WAITING until next_at; UNDER_WAY until next_at, when whoever took it has died; HELD until what holds it is over; DONE.
  state text not null default 'WAITING' check (state in ('WAITING', 'UNDER_WAY', 'HELD', 'DONE')),
  -- Why it waits or is held, or how it ended.
  reason text,
  -- Less is sooner: what cannot wait does not stand behind what can.
  rank smallint not null,
  next_at timestamptz,
  attempt integer not null default 0,
  settled_at timestamptz,
  primary key (notice_id, person_id),
  check ((next_at is null) = (state in ('HELD', 'DONE'))),
  check (state <> 'DONE' or reason is not null)
);
create index notice_due on notice (rank, next_at) where state in ('WAITING', 'UNDER_WAY');
create index notice_held on notice (reason, unit_id) where state = 'HELD';
create index notice_open_person on notice (person_id) where state <> 'DONE';
create index notice_settled on notice (settled_at) where state = 'DONE';

-- What was withdrawn: also where it is told of before the notice itself. Without a person, everybody's.
create table notice_drop (
  notice_id uuid not null,
  person_id uuid,
  dropped_at timestamptz not null default now(),
  unique nulls not distinct (notice_id, person_id)
);

-- Each way in which a notice was tried, and what became of it: the proof of delivery. Its id is what the receiver knows it
-- again by, so it stays the same however often it is tried. No address is kept here.
create table delivery (
  delivery_id uuid primary key,
  notice_id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('PUSH', 'EMAIL', 'SMS')),
  subscription_id uuid,
  state text not null check (state in ('SENDING', 'RETRY', 'ACCEPTED', 'DELIVERED', 'FAILED')),
  attempt integer not null default 1,
  attempted_at timestamptz not null default now(),
  settled_at timestamptz,
  -- What the receiver calls it, and what it answered, as a code.
  outside_id text,
  code text,
  unique nulls not distinct (notice_id, person_id, channel, subscription_id),
  foreign key (notice_id, person_id) references notice on delete cascade
);
create index delivery_outside on delivery (outside_id) where outside_id is not null and channel = 'SMS';

-- How people are reached, as the contact register says: sealed as it came, so that a dump of this database shows no address.
create table contact (
  person_id uuid primary key,
  revision bigint not null,
  read_at timestamptz not null,
  sealed text not null,
  -- Since when the register cannot be read for them: what it said grows old (KRR-12).
  failed_at timestamptz
);

-- What people have chosen for themselves, as identity tells it.
create table choice (
  person_id uuid not null,
  capacity text not null,
  revision bigint not null,
  language text,
  notices jsonb not null,
  quiet_from text,
  quiet_to text,
  digest_at text,
  primary key (person_id, capacity)
);

-- Devices that take pushes, sealed as they came.
create table push_subscription (
  subscription_id uuid primary key,
  person_id uuid not null,
  capacity text not null,
  sealed text not null
);
create index push_subscription_person on push_subscription (person_id);

-- Addresses that were refused. Forgotten when the register says another.
create table failing (
  person_id uuid not null,
  channel text not null check (channel in ('EMAIL', 'SMS')),
  code text not null,
  since timestamptz not null default now(),
  primary key (person_id, channel)
);

-- Whether notices reach somebody, as told last (N15).
create table reach (
  person_id uuid primary key,
  state text not null check (state in ('REACHED', 'UNREACHED')),
  failing text[] not null default '{}',
  revision bigint not null
);

-- Adults of whom identity has said that they are protected: nothing goes out to them by itself (S-08). That a child is
-- protected stands with its places in the access copy.
create table protected_person (
  person_id uuid primary key,
  since timestamptz not null default now()
);

-- One row of what counts for everybody.
create table outlook (
  is_only boolean primary key default true check (is_only),
  -- Up to when what the contact register said last counts (KRR-07, KRR-12).
  contacts_up_to timestamptz,
  -- Up to where the feed of text messages has been read.
  shipment_seq bigint not null default 0
);
insert into outlook default values;

-- What was decided for somebody, until they have opened it or it goes on paper (KRR-09).
create table decision (
  decision_id uuid primary key,
  person_id uuid not null,
  released_at timestamptz not null,
  second_notice_id uuid,
  opened_at timestamptz,
  next_at timestamptz
);
create index decision_due on decision (next_at) where next_at is not null;
create index decision_person on decision (person_id);

-- Letters to be sent on paper, once for each decision.
create table letter (
  letter_id uuid primary key,
  decision_id uuid not null unique references decision on delete cascade,
  person_id uuid not null,
  reason text not null check (reason in ('RESERVED', 'UNOPENED')),
  wanted_at timestamptz not null default now()
);

-- Whether somebody may be told now: by one of the children, or for themself. What the service decides on, and what the
-- database holds it to (S-12).
create function may_be_told(who uuid, as_what text, children uuid[]) returns boolean language sql stable as $$
  select cardinality(children) = 0
    or (as_what = 'guardian' and exists (
      select from access.guardian g where g.person_id = who and g.child_id = any (children)
        and (g.ends_on is null or g.ends_on > access.today())))
    or (as_what = 'staff' and exists (
      select from access.staff_role r
      join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
      where r.person_id = who and e.child_id = any (children)
        and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
        and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
        and (e.named_staff is null or access.is_named(e.named_staff, who, access.today()))))
$$;
create function is_shielded(who uuid, children uuid[]) returns boolean language sql stable as $$
  select exists (select from protected_person p where p.person_id = who or p.person_id = any (children))
    or exists (select from access.enrolment e where e.child_id = any (children) and e.named_staff is not null)
$$;

do $$
declare
  name text;
begin
  foreach name in array array['notice', 'notice_drop', 'delivery', 'contact', 'choice', 'push_subscription', 'failing', 'reach',
    'protected_person', 'outlook', 'decision', 'letter'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

-- The second lock: nothing begins to be sent to somebody without a ground, or to or about somebody protected.
create policy with_a_ground on delivery as restrictive for insert to {{worker}} with check (exists (
  select from notice n where n.notice_id = delivery.notice_id and n.person_id = delivery.person_id
    and may_be_told(n.person_id, n.capacity, n.child_ids) and not is_shielded(n.person_id, n.child_ids)));
create policy with_a_ground_still on delivery as restrictive for update to {{worker}} using (true) with check (
  state <> 'SENDING' or exists (
    select from notice n where n.notice_id = delivery.notice_id and n.person_id = delivery.person_id
      and may_be_told(n.person_id, n.capacity, n.child_ids) and not is_shielded(n.person_id, n.child_ids)));

-- Whoever sends waits for this.
create function notify_notice() returns trigger language plpgsql as $$
begin
  perform pg_notify('notice', '');
  return null;
end $$;
create trigger notice_notify after insert on notice for each statement execute function notify_notice();
