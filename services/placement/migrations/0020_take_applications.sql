-- All of these stay within what access.enter has found for this request, and run once for a query.
-- A right that comes back is another grant: what was drafted before is not there any more (GUA-06, GUA-10).
create function grants_to_apply_under() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(g.grant_id), '{}') from access.guardian g
    where g.ground = 'PARENTAL_RESPONSIBILITY' and g.person_id = access.person()
      and g.child_id = any ((select access.children())::uuid[])
  $$;
-- Whoever works with admission does not meet their own child there (GUA-24).
create function own_children() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(g.child_id), '{}') from access.guardian g where g.person_id = access.person() $$;

-- Protected children: nobody meets their applications but their guardians and protection officers, by hand (ADR-03, ADR-04, ADR-10).
create function children_kept_apart() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct e.child_id), '{}') from access.enrolment e where e.named_staff is not null
$$;
create function is_kept_apart(child uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from access.enrolment e where e.child_id = child and e.named_staff is not null)
$$;
create function children_case_workers_do_not_meet() returns uuid[] language sql stable
  as $$ select children_kept_apart() || own_children() $$;
create function children_of_officers() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(child), '{}') from unnest(children_kept_apart()) as child
    where 'PROTECTION_OFFICER' = any ((select access.municipal())::text[])
      and child <> all ((select own_children())::uuid[])
  $$;
create table placement_application (
  id uuid primary key,
  child_id uuid not null,
  round_id uuid not null references admission_round (id),
  round_kind text not null check (round_kind in ('TRANSFER', 'MAIN', 'SUPPLEMENTARY', 'CONTINUOUS', 'SFO')),
  -- What the receipts and the withdrawal below have made of it; runs and offers carry it on.
  state text not null default 'DRAFT' check (state in ('DRAFT', 'SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING', 'WITHDRAWN', 'ENDED')),
  wanted_start date,
  origin text not null default 'PORTAL' check (origin in ('PORTAL', 'PAPER')),
  -- The grant under which somebody writes a draft, which is nobody else's to see (BHG-05, GUA-22). Null once it is sent.
  drafted_under uuid,
  -- Null once they have been erased (RET-08). So are those below.
  written_by uuid,
  -- When it was first sent, to the second; changes do not move it (BHG-08).
  submitted_at timestamptz check (submitted_at = date_trunc('second', submitted_at)),
  submitted_by uuid,
  -- Counts what was saved and received: two guardians may write at once.
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  check (state <> 'DRAFT' or origin = 'PAPER' or drafted_under is not null),
  check (state = 'DRAFT' or (submitted_at is not null and drafted_under is null)),
  unique (id, child_id, round_id),
  unique (id, child_id, origin),
  unique (id, drafted_under)
);
-- One application of a child in rounds of a kind, whoever sends it and however many at once (placement § 8).
create unique index placement_application_live on placement_application (child_id, round_kind)
  where state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING');
create unique index placement_application_draft on placement_application (child_id, round_id, drafted_under) where state = 'DRAFT';
create index placement_application_child on placement_application (child_id, created_at desc, id desc);
create index placement_application_round on placement_application (round_id, submitted_at, id);

-- What is wished for, most wanted first. A unit that takes no part in the round cannot be.
create table wish (
  application_id uuid not null,
  child_id uuid not null,
  round_id uuid not null,
  rank int not null check (rank > 0),
  unit_id uuid not null,
  -- The brother or sister by whom it is wished (P04).
  sibling_child_id uuid check (sibling_child_id <> child_id),
  drafted_under uuid,
  primary key (application_id, rank),
  unique (application_id, unit_id),
  foreign key (application_id, child_id, round_id) references placement_application (id, child_id, round_id) on delete cascade,
  foreign key (application_id, drafted_under) references placement_application (id, drafted_under) on update cascade,
  foreign key (round_id, unit_id) references round_unit (round_id, unit_id)
);
create index wish_unit on wish (round_id, unit_id);
create index wish_sibling on wish (sibling_child_id);

-- Whom it names as responsible for the child (BHG-04, GUA-22).
create table application_guardian (
  application_id uuid not null references placement_application (id) on delete cascade,
  child_id uuid not null,
  person_id uuid not null,
  drafted_under uuid,
  primary key (application_id, person_id),
  foreign key (application_id, drafted_under) references placement_application (id, drafted_under) on update cascade
);
create index application_guardian_person on application_guardian (person_id);

-- What was received and when, by the server's clock (BHG-05): the first is the application, each other a change of it. Added to and never
-- changed. Of an application on paper it is the day that it came in, and who has entered it.
create table application_receipt (
  application_id uuid not null,
  version int not null,
  child_id uuid not null,
  origin text not null,
  received_at timestamptz not null check (received_at = date_trunc('second', received_at)),
  received_by uuid,
  wanted_start date,
  wishes jsonb not null,
  guardian_ids uuid[] not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  primary key (application_id, version),
  unique (application_id, idempotency_key),
  foreign key (application_id, child_id, origin) references placement_application (id, child_id, origin) on delete cascade
);

create table application_withdrawal (
  application_id uuid primary key references placement_application (id) on delete cascade,
  child_id uuid not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz not null default now()
);

-- But for who is erased.
create function refuse_change_of_receipt() returns trigger language plpgsql as $$
begin
  if (old.application_id, old.version, old.child_id, old.received_at, old.wanted_start, jsonb_path_query_array(old.wishes, '$[*].unitId'))
    is distinct from
    (new.application_id, new.version, new.child_id, new.received_at, new.wanted_start, jsonb_path_query_array(new.wishes, '$[*].unitId'))
  then
    raise exception 'receipts are added and never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger application_receipt_is_kept before update on application_receipt
  for each row execute function refuse_change_of_receipt();

-- Makes of what was received the application as it stands. Whoever is barred here was overtaken, and is told so when they look again: the
-- round was closed, the other guardian has changed it or applied, a unit was stopped.
create function settle_application_receipt() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  is_settled boolean;
begin
  -- Until this is committed nobody closes the round.
  perform from placement_application a join admission_round r on r.id = a.round_id
    where a.id = new.application_id and r.state = 'OPEN' and r.kind = a.round_kind
      and jsonb_array_length(new.wishes) between 1 and r.wish_limit
    for share of r;
  if not found then
    raise exception 'the round of application % takes none', new.application_id using errcode = 'insufficient_privilege';
  end if;
  if exists (select from jsonb_to_recordset(new.wishes) as w("unitId" uuid)
             where w."unitId" <> all ((select units_open())::uuid[])) then
    raise exception 'placement is not open at a unit of application %', new.application_id using errcode = 'insufficient_privilege';
  end if;
  update placement_application set state = 'SUBMITTED', version = new.version, wanted_start = new.wanted_start, drafted_under = null,
    submitted_at = coalesce(submitted_at, new.received_at),
    submitted_by = case when submitted_at is null then new.received_by else submitted_by end
  where id = new.application_id and state in ('DRAFT', 'SUBMITTED') and version = new.version - 1
  returning true into is_settled;
  if is_settled is not true then
    raise exception 'application % is another by now', new.application_id using errcode = 'insufficient_privilege';
  end if;
  delete from wish where application_id = new.application_id;
  insert into wish (application_id, child_id, round_id, rank, unit_id, sibling_child_id)
  select a.id, a.child_id, a.round_id, w.rank, w."unitId", w."siblingChildId"
  from placement_application a, jsonb_to_recordset(new.wishes) as w(rank int, "unitId" uuid, "siblingChildId" uuid)
  where a.id = new.application_id;
  delete from application_guardian where application_id = new.application_id;
  insert into application_guardian (application_id, child_id, person_id)
  select new.application_id, new.child_id, person_id from unnest(new.guardian_ids) as person_id;
  return null;
exception when unique_violation then
  raise exception 'child of application % has one already', new.application_id using errcode = 'insufficient_privilege';
end $$;
create trigger application_receipt_settles after insert on application_receipt
  for each row execute function settle_application_receipt();

-- Whoever applied withdraws; any other guardian does where that one is none any more (GUA-22). Also while the round is closed (BHG-07).
create function settle_application_withdrawal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update placement_application a set state = 'WITHDRAWN', version = version + 1
  where a.id = new.application_id and a.child_id = new.child_id and a.state in ('SUBMITTED', 'COMPLETE', 'WAITING')
    and (new.withdrawn_by = a.submitted_by or not exists (
      select from access.guardian g where g.child_id = a.child_id and g.person_id = a.submitted_by
        and g.ground = 'PARENTAL_RESPONSIBILITY'));
  if not found then
    raise exception 'application % cannot be withdrawn', new.application_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger application_withdrawal_settles after insert on application_withdrawal
  for each row execute function settle_application_withdrawal();

create function application_applicant_is_gone(application uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (
    select from placement_application a join access.guardian g on g.child_id = a.child_id and g.person_id = a.submitted_by
    where a.id = application and g.ground = 'PARENTAL_RESPONSIBILITY')
  and exists (select from placement_application a where a.id = application and a.child_id = any ((select responsible_children())::uuid[]))
$$;

-- What a leader is told of: applications that wish for their own unit, once nothing of them changes any more.
create function applications_at_led_units() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(a.id), '{}') from wish w
  join placement_application a on a.id = w.application_id and a.state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING')
  join admission_round r on r.id = a.round_id and r.state not in ('DRAFT', 'OPEN')
  where w.unit_id = any ((select led_units())::uuid[])
    and a.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
$$;
-- Where the municipality hides placement at a unit, nothing is told that would tell of it (X07).
create function applications_hidden() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct w.application_id), '{}') from wish w
  where w.unit_id = any ((select units_hidden())::uuid[])
$$;
-- That some of what whoever asks would be told of a child, or of a round, is hidden: then they are told so, and of nothing less (S-26).
create function is_any_application_hidden(of_child uuid, of_round uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from wish w where w.unit_id = any ((select units_hidden())::uuid[]) and (w.child_id = of_child or w.round_id = of_round)
      and (drafted_under = any ((select grants_to_apply_under())::uuid[])
        or (drafted_under is null and (
          child_id = any ((select responsible_children() || children_of_officers())::uuid[])
          or application_id = any ((select applications_at_led_units())::uuid[])
          or ('CASE_WORKER' = any ((select access.municipal())::text[])
            and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))))))
$$;
create function rounds_taking_applications() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from admission_round where state = 'OPEN'
$$;

-- Whom the register names as responsible for a child, for its guardians and for case workers. Of a protected family nobody is told
-- who else there is (ADR-11).
create function guardians_to_state(child uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(g.person_id order by g.person_id), '{}') from access.guardian g
  where g.child_id = child and g.ground = 'PARENTAL_RESPONSIBILITY'
    and ((child = any ((select responsible_children())::uuid[]) and (g.person_id = access.person() or not is_kept_apart(child)))
      or ('CASE_WORKER' = any ((select access.municipal())::text[])
        and child <> all ((select children_case_workers_do_not_meet())::uuid[])))
$$;
do $$
declare
  name text;
begin
  foreach name in array array['children_kept_apart()', 'is_kept_apart(uuid)', 'applications_at_led_units()', 'applications_hidden()',
    'rounds_taking_applications()', 'guardians_to_state(uuid)', 'application_applicant_is_gone(uuid)',
    'is_any_application_hidden(uuid, uuid)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to {{request}}', name);
  end loop;
end $$;
grant execute on function is_kept_apart(uuid), children_kept_apart() to {{worker}};

do $$
declare
  name text;
begin
  foreach name in array array['placement_application', 'wish', 'application_guardian', 'application_receipt',
    'application_withdrawal'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select on %I to {{request}}, {{worker}}', name);
  end loop;
  -- What is drafted is read by nobody but who drafts it (GUA-22).
  foreach name in array array['placement_application', 'wish'] loop
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select responsible_children())::uuid[])
      and (drafted_under is null or drafted_under = any ((select grants_to_apply_under())::uuid[])))', name);
  end loop;
  foreach name in array array['placement_application', 'wish', 'application_guardian'] loop
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      drafted_under is null and 'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy of_an_officer on %I for select to {{request}} using (
      drafted_under is null and child_id = any ((select children_of_officers())::uuid[]))', name);
  end loop;
  foreach name in array array['application_receipt', 'application_withdrawal'] loop
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy of_an_officer on %I for select to {{request}} using (
      child_id = any ((select children_of_officers())::uuid[]))', name);
  end loop;
  foreach name in array array['wish', 'application_guardian', 'application_receipt', 'application_withdrawal'] loop
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      application_id <> all ((select applications_hidden())::uuid[]))', name);
  end loop;
end $$;

create policy unless_hidden on placement_application as restrictive for select to {{request}} using (
  id <> all ((select applications_hidden())::uuid[]));
create policy of_a_leader on placement_application for select to {{request}} using (
  id = any ((select applications_at_led_units())::uuid[]));
create policy of_a_leader on wish for select to {{request}} using (
  unit_id = any ((select led_units())::uuid[]) and application_id = any ((select applications_at_led_units())::uuid[]));
-- Of a protected family each guardian reads of nobody but themself: who else there is, and when they were up (ADR-11).
create policy of_a_guardian on application_guardian for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[])
  and (drafted_under is null or drafted_under = any ((select grants_to_apply_under())::uuid[]))
  and (person_id = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])));
create policy of_a_guardian on application_receipt for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[])
  and (received_by = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])));
create policy of_a_guardian on application_withdrawal for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[])
  and (withdrawn_by = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])));

-- Nobody writes in another's name (S-20), and nothing where a round takes nothing (BHG-07).
create policy by_a_guardian on placement_application for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and drafted_under = any ((select grants_to_apply_under())::uuid[])
  and written_by = (select access.person()) and origin = 'PORTAL'
  and round_id = any ((select rounds_taking_applications())::uuid[]));
create policy of_who_drafts on placement_application for update to {{request}} using (
  state = 'DRAFT' and drafted_under = any ((select grants_to_apply_under())::uuid[])
  and round_id = any ((select rounds_taking_applications())::uuid[]));
create policy of_who_drafts_still on placement_application for delete to {{request}} using (
  state = 'DRAFT' and drafted_under = any ((select grants_to_apply_under())::uuid[]));
create policy of_who_drafts on wish for insert to {{request}} with check (
  drafted_under = any ((select grants_to_apply_under())::uuid[])
  and unit_id = any ((select units_open())::uuid[])
  and (sibling_child_id is null or sibling_child_id = any ((select responsible_children())::uuid[])));
create policy of_who_drafts_still on wish for delete to {{request}} using (
  drafted_under = any ((select grants_to_apply_under())::uuid[]));
create policy of_who_drafts on application_guardian for insert to {{request}} with check (
  drafted_under = any ((select grants_to_apply_under())::uuid[]));
create policy of_who_drafts_still on application_guardian for delete to {{request}} using (
  drafted_under = any ((select grants_to_apply_under())::uuid[]));
create policy by_a_guardian on application_receipt for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and received_by = (select access.person()));
create policy by_a_guardian on application_withdrawal for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and withdrawn_by = (select access.person()));

grant insert (id, child_id, round_id, round_kind, wanted_start, drafted_under, written_by), update (wanted_start, version), delete
  on placement_application to {{request}};
grant insert, delete on wish, application_guardian to {{request}};
grant insert on application_receipt to {{request}};
grant insert (application_id, child_id, withdrawn_by) on application_withdrawal to {{request}};
-- Runs and offers carry an application on.
create policy of_the_service_too on placement_application for update to {{worker}} using (true) with check (true);
grant update (state, version) on placement_application to {{worker}};

-- A child's applications go with the child; of others' it is forgotten who wrote, and by whom they are wished for (RET-08).
create function erase_person_from_applications(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from placement_application where child_id = erased;
  update placement_application set written_by = null where written_by = erased;
  update placement_application set submitted_by = null where submitted_by = erased;
  update wish set sibling_child_id = null where sibling_child_id = erased;
  delete from application_guardian where person_id = erased;
  update application_receipt set received_by = null where received_by = erased;
  update application_receipt set guardian_ids = array_remove(guardian_ids, erased) where erased = any (guardian_ids);
  update application_receipt set wishes = (
      select jsonb_agg(case when w ->> 'siblingChildId' = erased::text then w || '{"siblingChildId": null}' else w end order by nth)
      from jsonb_array_elements(wishes) with ordinality as wished(w, nth))
    where wishes @> jsonb_build_array(jsonb_build_object('siblingChildId', erased));
  update application_withdrawal set withdrawn_by = null where withdrawn_by = erased;
$$;
revoke all on function erase_person_from_applications(uuid) from public;
grant execute on function erase_person_from_applications(uuid) to {{worker}};
