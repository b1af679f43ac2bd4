-- That a household applies to pay less because of what it earns (PAY-02, PAY-08, SFO-04). Both guardians see that it did and for which months;
-- what it earns is in rows of their own, for whoever applied and whoever decides, as long as nothing is decided (P17).
create table reduced_payment (
  id uuid primary key,
  child_id uuid not null,
  care text not null check (care in ('KINDERGARTEN', 'SFO')),
  -- The hash of who is responsible for the child: brothers and sisters of the same guardians are one household here. Which of two homes counts
  -- where guardians live apart, whoever decides finds out (PAY-05).
  household text not null,
  -- What the row of `reduced_payment_decision` has made of it.
  state text not null default 'OPEN' check (state in ('OPEN', 'GRANTED', 'REFUSED')),
  assigned_to uuid,
  applied_on date not null,
  -- The first full month after, and the last before one applies anew.
  first_month text not null check (first_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  last_month text not null check (last_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- Null once they have been erased (RET-08). So are those below.
  applied_by uuid,
  applied_at timestamptz not null default date_trunc('milliseconds', now()),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  check (first_month <= last_month and first_month >= left(applied_on::text, 7)),
  unique (applied_by, idempotency_key),
  unique (id, child_id)
);
-- One open application of a household for each kind of care, however many apply at once.
create unique index reduced_payment_open on reduced_payment (household, care) where state = 'OPEN';
create index reduced_payment_child on reduced_payment (child_id, applied_at desc);
create index reduced_payment_household on reduced_payment (household, care) where state = 'GRANTED';
create index reduced_payment_assigned on reduced_payment (assigned_to) where state = 'OPEN';

-- What the household earns in a year, as it says itself; or that it does not say, and pays the full price (PAY-06).
create table reduced_payment_income (
  reduced_payment_id uuid primary key,
  child_id uuid not null,
  yearly_income int check (yearly_income >= 0),
  is_refused boolean not null,
  check (is_refused = (yearly_income is null)),
  foreign key (reduced_payment_id, child_id) references reduced_payment (id, child_id) on delete cascade
);

create table reduced_payment_assignment (
  id uuid primary key,
  reduced_payment_id uuid not null references reduced_payment (id) on delete cascade,
  assigned_to uuid,
  assigned_by uuid,
  assigned_at timestamptz not null default now(),
  check (assigned_to <> assigned_by)
);
create index reduced_payment_assignment_of on reduced_payment_assignment (reduced_payment_id);

-- One decision of an application, never changed (ADM-10). The income that counts is what was found, which may be another than was stated (PAY-06).
create table reduced_payment_decision (
  reduced_payment_id uuid primary key,
  child_id uuid not null,
  verdict text not null check (verdict in ('GRANTED', 'REFUSED')),
  counted_income int check (counted_income >= 0),
  reason text check (length(reason) between 1 and 4000),
  decided_by uuid,
  decided_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  check ((verdict = 'GRANTED') = (counted_income is not null)),
  check (verdict = 'GRANTED' or reason is not null),
  unique (decided_by, idempotency_key),
  foreign key (reduced_payment_id, child_id) references reduced_payment (id, child_id) on delete cascade
);

create trigger reduced_payment_income_is_kept before update on reduced_payment_income
  for each row execute function keep_as_added();
create trigger reduced_payment_assignment_is_kept before update on reduced_payment_assignment
  for each row execute function keep_as_added('assigned_to', 'assigned_by');
create trigger reduced_payment_decision_is_kept before update on reduced_payment_decision
  for each row execute function keep_as_added('decided_by');

create function household_of(child uuid) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select encode(sha256(convert_to(coalesce(string_agg(g.person_id::text, ' ' order by g.person_id), child::text), 'UTF8')), 'hex')
  from (select distinct person_id from access.guardian
    where child_id = child and ground = 'PARENTAL_RESPONSIBILITY') as g
$$;
revoke all on function household_of(uuid) from public;
grant execute on function household_of(uuid) to {{worker}};
create function name_household() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.household := household_of(new.child_id);
  return new;
end $$;
create trigger reduced_payment_has_household before insert on reduced_payment for each row execute function name_household();

-- Whether the household has applied already, whichever guardian it was and for whichever of their children.
create function has_open_reduced_payment(child uuid, of_care text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select child = any ((select responsible_children())::uuid[]) and exists (
    select from reduced_payment p where p.household = household_of(child) and p.care = of_care and p.state = 'OPEN')
$$;
-- What somebody applied for themself and is still responsible for.
create function reduced_payments_applied_for() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(p.id), '{}') from reduced_payment p
  where p.applied_by = access.person() and p.child_id = any ((select responsible_children())::uuid[])
$$;
-- What somebody decides on: a case worker what another has named them for, a protection officer that of protected children (ADR-04); and
-- nothing once it is decided.
create function reduced_payments_to_decide() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(p.id), '{}') from reduced_payment p
  where p.state = 'OPEN' and (p.child_id = any ((select children_of_officers())::uuid[])
    or (p.assigned_to = access.person() and 'CASE_WORKER' = any ((select access.municipal())::text[])
      and p.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])))
$$;
-- What waits for somebody to be named, without a word of whom it is about.
create function reduced_payments_to_assign() returns table (id uuid, care text, applied_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.care, p.applied_at from reduced_payment p
  where p.state = 'OPEN' and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and p.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
    and not exists (select from access.municipal_role r where r.person_id = p.assigned_to and r.role = 'CASE_WORKER'
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day))
$$;
create function may_be_named_for_reduced_payment(of_payment uuid, person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person <> access.person() and exists (select from reduced_payments_to_assign() w where w.id = of_payment)
    and exists (select from access.municipal_role r where r.person_id = person and r.role = 'CASE_WORKER'
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day))
    and not exists (select from reduced_payment p join access.guardian g on g.child_id = p.child_id
      where p.id = of_payment and g.person_id = person)
$$;
-- What whoever asks has decided under a key: they read nothing else of it any more.
create function reduced_payment_decided_under(key text) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.reduced_payment_id from reduced_payment_decision d where d.decided_by = access.person() and d.idempotency_key = key
$$;

create function settle_reduced_payment_assignment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if may_be_named_for_reduced_payment(new.reduced_payment_id, new.assigned_to) is not true then
    raise exception 'reduced payment % is not theirs to decide', new.reduced_payment_id using errcode = 'insufficient_privilege';
  end if;
  update reduced_payment set assigned_to = new.assigned_to where id = new.reduced_payment_id;
  return null;
end $$;
create trigger reduced_payment_assignment_settles after insert on reduced_payment_assignment
  for each row execute function settle_reduced_payment_assignment();

-- Whoever does not say what they earn pays the full price (PAY-06).
create function settle_reduced_payment_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update reduced_payment p set state = new.verdict
  where p.id = new.reduced_payment_id and p.state = 'OPEN' and (new.verdict = 'REFUSED' or exists (
    select from reduced_payment_income i where i.reduced_payment_id = p.id and not i.is_refused));
  if not found then
    raise exception 'reduced payment % is decided', new.reduced_payment_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger reduced_payment_decision_settles after insert on reduced_payment_decision
  for each row execute function settle_reduced_payment_decision();

do $$
declare
  name text;
begin
  foreach name in array array['has_open_reduced_payment(uuid, text)', 'reduced_payments_applied_for()', 'reduced_payments_to_decide()',
    'reduced_payments_to_assign()', 'may_be_named_for_reduced_payment(uuid, uuid)', 'reduced_payment_decided_under(text)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to {{request}}', name);
  end loop;
  foreach name in array array['name_household()', 'settle_reduced_payment_assignment()', 'settle_reduced_payment_decision()'] loop
    execute format('revoke all on function %s from public', name);
  end loop;
  foreach name in array array['reduced_payment', 'reduced_payment_income', 'reduced_payment_assignment', 'reduced_payment_decision'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select on %I to {{worker}}', name);
  end loop;
end $$;
grant select on reduced_payment, reduced_payment_income, reduced_payment_decision to {{request}};

-- Of a protected family each guardian reads of what they applied for themself (ADR-11).
create policy of_a_guardian on reduced_payment for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[])
  and (applied_by = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])));
create policy of_who_decides on reduced_payment for select to {{request}} using (
  id = any ((select reduced_payments_to_decide())::uuid[]));
create policy of_who_applied on reduced_payment_income for select to {{request}} using (
  reduced_payment_id = any ((select reduced_payments_applied_for())::uuid[]));
create policy of_who_decides on reduced_payment_income for select to {{request}} using (
  reduced_payment_id = any ((select reduced_payments_to_decide())::uuid[]));
create policy of_who_applied on reduced_payment_decision for select to {{request}} using (
  reduced_payment_id = any ((select reduced_payments_applied_for())::uuid[]));

-- Nobody applies in another's name (S-20), nor for months that are over.
create policy by_a_guardian on reduced_payment for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and applied_by = (select access.person())
  and applied_on = (select access.today()) and (select units_open())::uuid[] <> '{}');
create policy by_who_applied on reduced_payment_income for insert to {{request}} with check (
  reduced_payment_id = any ((select reduced_payments_applied_for())::uuid[]));
create policy by_a_case_worker on reduced_payment_assignment for insert to {{request}} with check (
  assigned_by = (select access.person()) and 'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy by_who_decides on reduced_payment_decision for insert to {{request}} with check (
  decided_by = (select access.person()) and reduced_payment_id = any ((select reduced_payments_to_decide())::uuid[]));
grant insert (id, child_id, care, applied_on, first_month, last_month, applied_by, idempotency_key) on reduced_payment to {{request}};
grant insert on reduced_payment_income to {{request}};
grant insert (id, reduced_payment_id, assigned_to, assigned_by) on reduced_payment_assignment to {{request}};
grant insert (reduced_payment_id, child_id, verdict, counted_income, reason, decided_by, idempotency_key)
  on reduced_payment_decision to {{request}};

-- A child's go with the child. Of whoever applied it is forgotten what they said that they earn; what was decided stands.
create function erase_person_from_reduced_payments(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from reduced_payment where child_id = erased;
  delete from reduced_payment_income where reduced_payment_id in (select id from reduced_payment where applied_by = erased);
  update reduced_payment set applied_by = null where applied_by = erased;
  update reduced_payment set assigned_to = null where assigned_to = erased;
  update reduced_payment_assignment set assigned_to = null where assigned_to = erased;
  update reduced_payment_assignment set assigned_by = null where assigned_by = erased;
  update reduced_payment_decision set decided_by = null where decided_by = erased;
$$;
revoke all on function erase_person_from_reduced_payments(uuid) from public;
grant execute on function erase_person_from_reduced_payments(uuid) to {{worker}};
