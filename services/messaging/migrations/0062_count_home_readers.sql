-- How many of those at home have read what whoever asks has written to them as staff, and of how many; never who, and never when
-- (M16, ADR-11). Nothing where the municipality has not opened it, nor of a protected child, nor to whoever is or was a guardian in
-- that home themself (X13): they would learn of the other one.
create function count_home_readers(messages uuid[]) returns table (message_id uuid, readers int, among int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with open as materialized (select access.units_open('READ_RECEIPTS') as units, mail_seats() as seats)
  select m.id, count(e.person_id)::int, cardinality(m.home_readers)
  from open cross join message m join thread t on t.id = m.thread_id
  left join inbox_entry e on e.thread_id = m.thread_id and e.capacity = 'guardian' and e.person_id = any (m.home_readers)
    and e.read_at >= m.sent_at
  where m.id = any (messages) and m.author_id = access.person() and m.author_as = 'staff' and m.state = 'SENT'
    and m.unit_id = any (open.units) and m.seats <@ open.seats
    and m.author_id <> all (t.guardians || m.home_readers)
    and not exists (select from access.guardian g where g.child_id = any (m.child_ids) and g.person_id = m.author_id)
    and not exists (select from access.enrolment e where e.child_id = any (m.child_ids) and e.named_staff is not null)
  group by m.id
$$;
revoke all on function count_home_readers(uuid[]) from public;
grant execute on function count_home_readers(uuid[]) to {{request}};
