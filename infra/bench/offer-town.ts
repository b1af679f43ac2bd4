import { newId } from '@ranselpost/kit/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type postgres from 'postgres';
import { commitmentOf } from '../../services/placement/src/domain/snapshot.ts';
import { chance, townOfColumns } from './placement-town.ts';

const seed = 'a seed for a benchmark, as long as one'.padEnd(64, '.');

export interface OfferTown {
  readonly roundId: string;
  /** Who is responsible for each child that applies: all who are to be told. */
  readonly guardians: ReadonlyMap<string, readonly string[]>;
}

/**
 * A closed round of small children who have no kindergarten, at kindergartens of its own: children and guardians are the stack's, with the contact
 * details that the registers have of them.
 */
export async function settleRound(
  sql: postgres.Sql,
  size: { readonly applicants: number; readonly units: number },
): Promise<OfferTown> {
  const year = Number(localDateAt(new Date()).slice(0, 4)) + 1;
  const { start, pool, capacity, born } = townOfColumns(size.applicants, size.units);
  const units = Array.from(capacity, (seats, nth) => ({ id: newId(), name: `Barnehage ${nth + 1}`, seats }));
  const found = await sql<{ child_id: string; guardians: string[] }[]>`
    select child_id, array_agg(distinct person_id order by person_id) as guardians from access.guardian g
    where ground = 'PARENTAL_RESPONSIBILITY' and (ends_on is null or ends_on > current_date + 1)
      and not exists (select from access.enrolment e where e.child_id = g.child_id and e.named_staff is not null)
      and not exists (select from access.enrolment e join access.unit u using (unit_id) where e.child_id = g.child_id and u.kind = 'KINDERGARTEN')
      and not exists (select from child_facts f where f.child_id = g.child_id and f.is_protected)
    group by child_id order by child_id limit ${size.applicants}`;
  if (found.length < size.applicants) throw new Error(`there are ${found.length} children only`);
  const random = chance(3);
  const first = Date.UTC(year - 2, 7, 1);
  const applications = found.map(({ child_id: child }, nth) => ({
    ...{ id: newId(), child, isByLaw: random() < 0.02 },
    born: new Date(first + born[nth]! * 86_400_000 - 86_400_000 * 200).toISOString().slice(0, 10),
    wishes: Array.from(pool.subarray(start[nth], start[nth + 1]), (one) => units[one < 0 ? ~one : one]!.id),
  }));
  const roundId = newId();
  const [town, given] = [sql`${sql.json(units)}::jsonb`, sql`${sql.json(applications)}::jsonb`];
  await sql`
    insert into access.unit (unit_id, kind, is_active, name)
    select id, 'KINDERGARTEN', true, name from jsonb_to_recordset(${town}) as u(id uuid, name text)`;
  await sql`
    insert into access.feature (unit_id, feature, state, is_readable)
    select id, 'PLACEMENT', 'OPEN', true from jsonb_to_recordset(${town}) as u(id uuid)`;
  await sql`
    insert into admission_round (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, seed_commitment, planned_at,
      idempotency_key, state)
    values (${roundId}, 'SUPPLEMENTARY', 'Dagen for tilbud', ${year}, current_date - 1, 10, '08-01', '{"markets":["small"]}',
      ${commitmentOf(seed)}, now(), 'offer-day', 'CLOSED')`;
  await sql`insert into round_seed (round_id, seed, drawn_at) values (${roundId}, ${seed}, now())`;
  await sql`
    with unit as (select gen_random_uuid() as statute, u.* from jsonb_to_recordset(${town}) as u(id uuid)),
    adopted as (
      insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days, silence_declines,
        convertible, max_seats, adopted_at, idempotency_key)
      select statute, id, 1, '2020-01-01', '{"mode":"firstMatch","groups":["law18","sibling","right"],"then":["age:oldest"]}', 1, true, false,
        10, true, false, '{}', now(), id::text from unit)
    insert into round_unit (round_id, unit_id, statute_id) select ${roundId}, id, statute from unit`;
  await sql`
    insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, decided_at, idempotency_key)
    select gen_random_uuid(), ${roundId}, id, 'SMALL', seats, 0, '[]', 600, 20, now(), id::text
    from jsonb_to_recordset(${town}) as u(id uuid, seats int)`;
  await sql`
    insert into child_facts (child_id, born_on, lives_here, is_protected, revision)
    select child, born, 'YES', false, 1 from jsonb_to_recordset(${given}) as a(child uuid, born date)
    on conflict (child_id) do update set born_on = excluded.born_on, lives_here = 'YES'`;
  await sql`
    insert into placement_application (id, child_id, round_id, round_kind, state, submitted_at)
    select id, child, ${roundId}, 'SUPPLEMENTARY', 'SUBMITTED', date_trunc('second', now() - interval '30 days')
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid)`;
  await sql`
    insert into wish (application_id, child_id, round_id, rank, unit_id)
    select a.id, a.child, ${roundId}, w.nth, w.unit::uuid
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid, wishes jsonb),
      jsonb_array_elements_text(a.wishes) with ordinality as w(unit, nth)`;
  await sql`
    insert into claim (id, application_id, child_id, round_id, flag, verdict)
    select gen_random_uuid(), a.id, a.child, ${roundId}, 'law18', 'GRANTED'
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid, "isByLaw" boolean) where a."isByLaw"`;
  await sql.unsafe('analyze');
  return { roundId, guardians: new Map(found.map(({ child_id: id, guardians }) => [id, guardians])) };
}
