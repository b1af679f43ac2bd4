-- That somebody asks for a talk instead of writing (M25, MSG-19). It has no text. Guardians see what they asked, or what staff asked
-- of the readers of a message; staff see it with the thread.
create table talk_request (
  id uuid primary key,
  message_id uuid not null references message on delete cascade,
  thread_id uuid not null,
  unit_id uuid not null,
  child_ids uuid[] not null,
  seats text[] not null,
  home_readers uuid[] not null,
  asked_by uuid,
  asked_as text not null check (asked_as in ('guardian', 'staff')),
  way text not null check (way in ('AT_THE_UNIT', 'PHONE', 'VIDEO')),
  asked_at timestamptz(3) not null default now(),
  state text not null default 'OPEN' check (state in ('OPEN', 'PROPOSED', 'ACCEPTED', 'DECLINED')),
  -- The times that are proposed.
  offer_id uuid references meeting_offer on delete set null,
  answered_at timestamptz(3)
);
create index talk_request_thread on talk_request (thread_id, asked_at desc);
create unique index talk_request_open on talk_request (thread_id, asked_by, asked_as) where state = 'OPEN';

-- It is about what the message is about, and goes to nobody at home whom that was not for (S-09).
create function keep_to_the_message() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  about message;
begin
  select * into about from message m where m.id = new.message_id;
  if about.id is null or not new.home_readers <@ about.home_readers then
    raise exception 'a talk is asked of nobody outside of the message' using errcode = 'insufficient_privilege';
  end if;
  new.thread_id := about.thread_id;
  new.unit_id := about.unit_id;
  new.child_ids := about.child_ids;
  new.seats := about.seats;
  return new;
end $$;
create trigger talk_request_keeps_to_the_message before insert on talk_request
  for each row execute function keep_to_the_message();

alter table talk_request enable row level security;
alter table talk_request force row level security;
create policy of_the_owner on talk_request to {{owner}} using (true) with check (true);
create policy of_the_service on talk_request to {{worker}} using (true) with check (true);
create policy of_a_guardian on talk_request for select to {{request}} using (
  (select access.person()) = any (home_readers) and child_ids <@ ((select access.children())::uuid[]));
create policy of_the_staff on talk_request for select to {{request}} using (seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on talk_request as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_guardian on talk_request for insert to {{request}} with check (
  asked_as = 'guardian' and asked_by = (select access.person()) and home_readers = array[(select access.person())]
  and child_ids <@ ((select access.children())::uuid[]));
create policy by_the_staff on talk_request for insert to {{request}} with check (
  asked_as = 'staff' and asked_by = (select access.person()) and seats <@ ((select mail_seats())::text[]));
create policy while_open on talk_request as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
grant select on talk_request to {{request}};
grant insert (id, message_id, home_readers, asked_by, asked_as, way) on talk_request to {{request}};
grant select, update (state, offer_id, answered_at) on talk_request to {{worker}};

create function erase_person_from_talk_requests(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from talk_request where (asked_by = erased and asked_as = 'guardian') or home_readers = array[erased];
  update talk_request set asked_by = null where asked_by = erased;
  update talk_request set home_readers = array_remove(home_readers, erased) where erased = any (home_readers);
$$;
revoke all on function erase_person_from_talk_requests(uuid) from public;
grant execute on function erase_person_from_talk_requests(uuid) to {{worker}};
