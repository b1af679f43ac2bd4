-- What a family is told of a decision (BHG-15, ADM-02): what was decided, in ids and numbers, by whoever decides; and the letter, which the timer
-- writes of it a moment later. Neither is changed after that: a correction is another decision (ADM-10).
create table decision_letter (
  id uuid primary key,
  child_id uuid not null,
  kind text not null check (kind in ('ADMISSION', 'OFFER', 'APPEAL', 'REDUCED_PAYMENT')),
  -- What was decided on: an application, an offer, a move of an appeal, an application to pay less.
  subject_id uuid not null,
  application_id uuid references placement_application (id) on delete cascade,
  -- The unit that the letter names: it waits until it is known what it is called.
  unit_id uuid,
  -- Whom it is for where it is not for every guardian: what somebody earns is no matter of the other's (ADR-11).
  only_for uuid,
  content jsonb not null,
  decided_at timestamptz not null,
  body text check (length(body) between 1 and 20000),
  written_at timestamptz,
  check ((body is null) = (written_at is null)),
  unique (id, child_id)
);
create index decision_letter_unwritten on decision_letter (decided_at, id) where written_at is null;
create index decision_letter_child on decision_letter (child_id, decided_at desc, id desc);
create index decision_letter_application on decision_letter (application_id);
create index decision_letter_subject on decision_letter (subject_id);

-- Each guardian has a letter of their own, and time to complain from when they first opened it (ADM-03, ADM-05).
create table decision_reader (
  decision_id uuid primary key,
  letter_id uuid not null,
  child_id uuid not null,
  person_id uuid not null,
  opened_at timestamptz,
  unique (letter_id, person_id),
  foreign key (letter_id, child_id) references decision_letter (id, child_id) on delete cascade
);
create index decision_reader_person on decision_reader (person_id);

create function write_once() returns trigger language plpgsql as $$
begin
  if to_jsonb(old) ->> tg_argv[0] is not null then
    raise exception 'a row of % is written once', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger decision_letter_is_written_once before update on decision_letter for each row execute function write_once('written_at');
create trigger decision_reader_opens_once before update on decision_reader for each row execute function write_once('opened_at');

do $$
declare
  name text;
begin
  foreach name in array array['decision_letter', 'decision_reader'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert on %I to {{worker}}', name);
    execute format('grant select on %I to {{request}}', name);
  end loop;
end $$;
grant update (body, written_at) on decision_letter to {{worker}};
grant update (opened_at) on decision_reader to {{worker}};
create policy of_a_guardian on decision_letter for select to {{request}} using (
  written_at is not null and child_id = any ((select responsible_children())::uuid[])
  and (only_for is null or only_for = (select access.person())));
create policy of_a_case_worker on decision_letter for select to {{request}} using (
  written_at is not null and only_for is null and 'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy of_an_officer on decision_letter for select to {{request}} using (
  written_at is not null and child_id = any ((select children_of_officers())::uuid[]));
-- When the other guardian opened theirs is nobody's to know (ADR-11).
create policy of_its_reader on decision_reader for select to {{request}} using (
  person_id = (select access.person()) and child_id = any ((select responsible_children())::uuid[]));

create function erase_person_from_letters(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from decision_letter where child_id = erased or only_for = erased;
  delete from decision_reader where person_id = erased;
$$;
revoke all on function erase_person_from_letters(uuid) from public;
grant execute on function erase_person_from_letters(uuid) to {{worker}};
