-- That a guardian wanted other hours of a place after school (P20, SFO-06). Added and never changed; the place goes on in the same seat, as a place of
-- its own from that day on, so that each day has its hours.
create table hours_change (
  id uuid primary key,
  place_id uuid not null,
  child_id uuid not null,
  weekly_hours int not null check (weekly_hours between 1 and 60),
  from_day date not null check (extract(day from from_day) = 1),
  changed_by uuid,
  changed_at timestamptz not null,
  foreign key (place_id, child_id) references place (id, child_id) on delete cascade
);
create index hours_change_place on hours_change (place_id);
create trigger hours_change_is_kept before update on hours_change for each row execute function keep_as_added('changed_by');
alter table place drop constraint place_source_check;
alter table place add constraint place_source_check check (source in ('OFFER', 'TRANSFER', 'OVERRIDE', 'APPEAL', 'HOURS'));

alter table hours_change enable row level security;
alter table hours_change force row level security;
create policy of_the_owner on hours_change to {{owner}} using (true) with check (true);
create policy of_a_case_worker on hours_change for select to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy of_an_officer on hours_change for select to {{request}} using (
  child_id = any ((select children_of_officers())::uuid[]));
-- Of a protected family nobody reads when the other one was up (ADR-11).
create policy of_a_guardian on hours_change for select to {{request}} using (
  child_id = any ((select responsible_children())::uuid[])
  and (changed_by = (select access.person()) or child_id <> all ((select own_children_kept_apart())::uuid[])));
create policy by_a_guardian on hours_change for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and changed_by = (select access.person()));
grant select, insert on hours_change to {{request}};

create or replace function erase_person_from_offers(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from seat_hold where child_id = erased;
  delete from waiting_entry where child_id = erased;
  delete from place where child_id = erased;
  delete from offer where child_id = erased;
  update seat_change set changed_by = null where changed_by = erased;
  update offer set made_by = null where made_by = erased;
  update offer_ending set ended_by = null where ended_by = erased;
  update resignation set resigned_by = null where resigned_by = erased;
  update hours_change set changed_by = null where changed_by = erased;
  delete from offer_command where person_id = erased;
$$;
