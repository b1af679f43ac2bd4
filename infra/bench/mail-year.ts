import { guardSample } from '@ranselpost/kit/testing/guard-sample';
import type postgres from 'postgres';
import { idIn } from './town.ts';

/** What a child is written about in a year: eight threads of four to thirteen messages each. */
export const messagesPerChild = 68;

const ordinary = guardSample()
  .filter(({ verdict, language }) => verdict === 'OK' && language !== 'en')
  .map(({ text }) => text);

/** Words to search for: some in many messages, one in none. */
export const searched = ['foreldremøte', 'bursdag', 'tur', 'bibliotek', 'svømming', 'xylofon'];

/**
 * Writes a year of messages about some children of the town. They lie in the table in the order in which they were sent, as they
 * do where they were sent one by one: a thread's are far apart.
 */
export async function writeYear(
  sql: postgres.Sql,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await sql.unsafe(`
    insert into thread (id, unit_id, child_ids, seats, guardians, home_readers, addressed_staff, started_by, started_as,
      started_at, last_message_at, subject, is_held)
    select uuidv7(started_at - now()), unit_id, array[child_id], array[child_id || ':' || unit_id], guardians,
      -- One in five is with one of the guardians alone.
      case when dice % 5 = 0 then guardians[1:1] else guardians end,
      case when dice % 10 = 0 then array[teacher, leader] else array[teacher] end,
      guardians[1], 'guardian', started_at, started_at + (3 + dice / 8 % 10) * interval '20 hours', subject, false
    from (
      select n, j, abs(hashint8(n::bigint * 8 + j)) as dice, ${idIn('unit', 'n / 308')} as unit_id, ${idIn('child', 'n')} as child_id,
        ${idIn('teacher', 'n / 22')} as teacher, ${idIn('leader', 'n / 308')} as leader,
        array(select one from unnest(array[${idIn('mother', 'n / 2')}, ${idIn('father', 'n / 2')}]) as one order by one) as guardians,
        date_trunc('milliseconds', now() - interval '15 days'
          - (abs(hashint8(n::bigint * 64 + j)) % 350 * 86400 + abs(hashint8(n::bigint * 128 + j)) % 86400) * interval '1 second')
          as started_at,
        (array['Tur til uka', 'Lekser', 'Foreldremøte', 'Henting', 'Bursdag', 'Svømming', 'Utviklingssamtale', 'Klær'])[1 + j % 8]
          as subject
      from generate_series(${from}, ${to - 1}) as n, generate_series(0, 7) as j) as planned
    order by started_at`);
  const half = (which: 0 | 1): Promise<unknown> =>
    sql.unsafe(
      `
    insert into message (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, sent_at, state, body,
      idempotency_key)
    select uuidv7(sent_at - now()), id, unit_id, child_ids, seats, home_readers,
      case when n % 2 = 0 then home_readers[1] else addressed_staff[1] end, case when n % 2 = 0 then 'guardian' else 'staff' end,
      sent_at, 'SENT', (
        select string_agg(($1::text[])[1 + abs(hashint8(dice + k)) % cardinality($1::text[])], ' ')
        from generate_series(1, 2 + dice % 4) as k),
      gen_random_uuid()::text
    from (
      select t.*, n, t.started_at + n * interval '20 hours' as sent_at,
        abs(hashint8(extract(epoch from t.started_at)::bigint * 16 + n))::bigint as dice
      from thread t, generate_series(0, round(extract(epoch from t.last_message_at - t.started_at) / 72000)::int) as n
      where get_byte(uuid_send(t.id), 15) % 2 = ${which} and not exists (select from message m where m.thread_id = t.id)
      order by sent_at) as sent`,
      [ordinary],
    );
  // Most of the time is spent on finding the words of each text: on two connections at once.
  await Promise.all([half(0), half(1)]);
  await sql.unsafe(`
    insert into inbox_entry (person_id, capacity, thread_id, unit_id, child_ids, seats, last_message_at, is_unread, is_archived)
    select person_id, capacity, id, unit_id, child_ids, seats, last_message_at, dice % 8 = 0, dice % 8 = 1
    from (
      select t.*, one.person_id, one.capacity, abs(hashtext(t.id::text || one.person_id)) as dice
      from thread t, lateral (
        select unnest(t.home_readers) as person_id, 'guardian' as capacity
        union all select unnest(t.addressed_staff), 'staff') as one
      where not exists (select from inbox_entry e where e.thread_id = t.id)
      order by t.last_message_at) as reached`);
  await sql.unsafe('vacuum analyze');
}
