-- That a unit has a form to answer, and that it has: for the unit's leader, who sees when it came and the number of its case, and
-- neither who sent it nor about whom. It stands apart from who sent it, so that no look at the one shows the other (M23).
create table form_case (
  form_id uuid primary key,
  entry_id uuid not null unique references archive_entry,
  unit_id uuid not null,
  received_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  -- The number of the answer in the archive. Numbers alone: what is answered stands there.
  answer_reference text check (answer_reference ~ '^[0-9]{4}/[0-9]{1,7}(-[0-9]{1,5})?$'),
  check ((answered_at is null) = (answer_reference is null)),
  check (answered_by is null or answered_at is not null)
);
create index form_case_unit on form_case (unit_id, received_at desc, form_id desc);
insert into form_case (form_id, entry_id, unit_id, received_at)
select form_id, entry_id, unit_id, received_at from contact_form;

alter table form_case enable row level security;
alter table form_case force row level security;
create policy of_the_service on form_case to {{worker}} using (true) with check (true);
grant select, insert, update, delete on form_case to {{worker}};
create policy of_the_leader on form_case for select to {{request}} using (
  unit_id = any ((select led_units())::uuid[]));
-- What a sender sees of it, by the form that is theirs.
create function sent_forms() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(form_id), '{}') from contact_form $$;
create policy of_the_sender on form_case for select to {{request}} using (
  form_id = any ((select sent_forms())::uuid[]));
grant select (form_id, entry_id, unit_id, received_at, answered_at, answer_reference) on form_case to {{request}};

create or replace function seen_entries() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(entry_id), '{}') from (
      select entry_id from contact_form union all select entry_id from safety_concern
      union all select entry_id from form_case) as seen
  $$;
