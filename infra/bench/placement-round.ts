import { aboutNobody } from '@ranselpost/kit/answer';
import { newId, newUntimedId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { testDatabase } from '@ranselpost/kit/testing/database';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import startServers from '../dev/test-services.setup.ts';
import { commitmentOf } from '../../services/placement/src/domain/snapshot.ts';
import { migrations } from '../../services/placement/src/migrations.ts';
import { allocateRound } from '../../services/placement/src/usecases/allocate-round.ts';
import { publishRound } from '../../services/placement/src/usecases/publish-round.ts';
import {
  outcomeOf,
  readCheckPage,
  readKeptRuns,
  readPublishing,
} from '../../services/placement/src/usecases/read-runs.ts';
import { simulateRound } from '../../services/placement/src/usecases/simulate-round.ts';
import { median, memory, report, rounded } from './figures.ts';
import { chance, townOfColumns } from './placement-town.ts';

/*
 * A round of Bergen's size from its database to its database: simulated, allocated, looked at and published by the use cases that case workers do it
 * with, each in the one transaction that a request has (5 s).
 */

const size = {
  applicants: Number(process.env['BENCH_CHILDREN'] ?? 3000),
  units: Number(process.env['BENCH_UNITS'] ?? 250),
  enrolled: Number(process.env['BENCH_ENROLLED'] ?? 13_000),
};
const caseWorker = staff();
const seed = 'a seed for a benchmark, as long as one'.padEnd(64, '.');

/** Children who are enrolled, the first of whom apply for another kindergarten; the others are brothers and sisters of those who apply. */
async function settle(sql: postgres.Sql): Promise<string> {
  const random = chance(2);
  const below = (count: number): number => Math.floor(random() * count);
  const { start, pool, capacity, born } = townOfColumns(size.applicants, size.units);
  const units = Array.from({ length: size.units }, () => newId());
  const children = Array.from({ length: size.applicants }, () => newId());
  const moving = Math.floor(size.applicants / 20);
  const enrolled = [
    ...children.slice(0, moving),
    ...Array.from({ length: size.enrolled - moving }, () => newId()),
  ].map((id) => ({ id, unit: units[below(size.units)]! }));
  const roundId = newId();
  const first = Date.UTC(2024, 7, 1);
  const applications = children.map((child, nth) => {
    const sibling = random() < 0.2 ? enrolled[moving + below(enrolled.length - moving)]! : null;
    const wished = Array.from(
      pool.subarray(start[nth], start[nth + 1]),
      (one) => units[one < 0 ? ~one : one]!,
    );
    return {
      ...{ id: newId(), child, born: new Date(first + born[nth]! * 86_400_000).toISOString().slice(0, 10) },
      ...{ guardians: [newId(), newId()], isByLaw: random() < 0.02 },
      wishes: (sibling === null ? wished : [...new Set([sibling.unit, ...wished])].slice(0, 10)).map(
        (unit) => ({
          ...{ unit, sibling: sibling?.unit === unit ? sibling.id : null },
        }),
      ),
    };
  });
  await sql`insert into access.unit (unit_id, kind, is_active) select u::uuid, 'KINDERGARTEN', true from unnest(${units}::text[]) as u`;
  await sql`
    insert into access.feature (unit_id, feature, state, is_readable) select u::uuid, 'PLACEMENT', 'OPEN', true from unnest(${units}::text[]) as u`;
  await sql`
    insert into access.municipal_role (role_id, person_id, role, from_day) values (${newId()}, ${caseWorker.personId}, 'CASE_WORKER', '2020-01-01')`;
  await sql`
    insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
    select gen_random_uuid(), e.id, e.unit, '{}', '2024-08-01' from jsonb_to_recordset(${sql.json(enrolled)}::jsonb) as e(id uuid, unit uuid)`;
  await sql`
    insert into admission_round (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, seed_commitment, planned_at,
      idempotency_key, state)
    values (${roundId}, 'MAIN', 'Hovedopptak', 2026, '2026-03-01', 10, '08-01', '{"markets":["small"]}', ${commitmentOf(seed)}, now(), 'round',
      'OPEN')`;
  await sql`insert into round_seed (round_id, seed, drawn_at) values (${roundId}, ${seed}, now())`;
  const seats = units.map((unit, nth) => ({ unit, seats: capacity[nth]! }));
  await sql`
    with unit as (select gen_random_uuid() as statute, u.* from jsonb_to_recordset(${sql.json(seats)}::jsonb) as u(unit uuid, seats int)),
    adopted as (
      insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days, silence_declines,
        convertible, max_seats, adopted_at, idempotency_key)
      select statute, unit, 1, '2020-01-01', '{"mode":"firstMatch","groups":["law18","sibling","right"],"then":["age:oldest"]}', 1, true, false,
        10, true, false, '{}', now(), unit from unit)
    insert into round_unit (round_id, unit_id, statute_id) select ${roundId}, unit, statute from unit`;
  await sql`
    insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, decided_at, idempotency_key)
    select gen_random_uuid(), ${roundId}, unit, 'SMALL', seats, 0, '[]', 600, 20, now(), unit
    from jsonb_to_recordset(${sql.json(seats)}::jsonb) as u(unit uuid, seats int)`;
  const given = sql`${sql.json(applications)}::jsonb`;
  await sql`
    insert into child_facts (child_id, born_on, lives_here, is_protected, revision)
    select a.child, a.born, 'YES', false, 1 from jsonb_to_recordset(${given}) as a(child uuid, born date)`;
  await sql`
    insert into access.guardian (child_id, person_id, grant_id, ground)
    select a.child, g::uuid, gen_random_uuid(), 'PARENTAL_RESPONSIBILITY'
    from jsonb_to_recordset(${given}) as a(child uuid, guardians jsonb), jsonb_array_elements_text(a.guardians) as g`;
  await sql`
    insert into placement_application (id, child_id, round_id, round_kind, state, submitted_at)
    select a.id, a.child, ${roundId}, 'MAIN', 'SUBMITTED', '2026-02-01T10:00:00Z'
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid)`;
  await sql`
    insert into wish (application_id, child_id, round_id, rank, unit_id, sibling_child_id)
    select a.id, a.child, ${roundId}, w.nth, (w.wish ->> 'unit')::uuid, (w.wish ->> 'sibling')::uuid
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid, wishes jsonb), jsonb_array_elements(a.wishes) with ordinality as w(wish, nth)`;
  await sql`
    insert into claim (id, application_id, child_id, round_id, flag, verdict)
    select gen_random_uuid(), a.id, a.child, ${roundId}, 'law18', 'GRANTED'
    from jsonb_to_recordset(${given}) as a(id uuid, child uuid, "isByLaw" boolean) where a."isByLaw"`;
  await sql`update admission_round set state = 'CLOSED'`;
  await sql`update access.copy_state set as_of = now() + interval '1 hour', verified_at = now() + interval '1 hour'`;
  await sql.unsafe('analyze');
  return roundId;
}

/** Milliseconds until it is done, or why it was not. */
async function timed(work: () => Promise<unknown>): Promise<number | string> {
  const began = performance.now();
  try {
    const answer = await work();
    const refusal = (answer as { readonly refusal?: unknown } | null)?.refusal;
    if (answer === null || refusal !== undefined)
      throw new Error(JSON.stringify(refusal ?? 'nothing').slice(0, 500));
    return rounded(performance.now() - began, 0);
  } catch (error) {
    return `${rounded(performance.now() - began, 0)} ms: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const stop = await startServers();
const { db, admin, close } = await testDatabase('placement', migrations);
try {
  const roundId = await settle(admin);
  const deps = {
    ...{ db, newId, newUntimedId, now: () => new Date(), newSeed: () => seed },
    ...{ priceLists: { kindergarten: [], afterSchool: [] }, yearBegins: '08-01' },
    letterRules: {
      ...{ municipality: 'Kommunen', writtenForm: 'nb' as const },
      appealBodies: { admission: 'Klagenemnda', payment: 'Klagenemnda' },
    },
    outboundKey: sealPair().publicKey,
  };
  const wanted = () => ({ roundId, idempotencyKey: newId() });
  const floor = [];
  for (let nth = 0; nth < 20; nth += 1) {
    const began = performance.now();
    await db.asActor(caseWorker, () => Promise.resolve(aboutNobody(null)));
    floor.push(performance.now() - began);
  }
  const simulate_ms = [];
  for (let nth = 0; nth < 3; nth += 1)
    simulate_ms.push(await timed(() => simulateRound(deps, caseWorker, { ...wanted(), scenarioId: null })));
  const allocate_ms = await timed(() => allocateRound(deps, caseWorker, wanted()));
  const [run] = await admin<{ id: string }[]>`select id from run order by nth desc limit 1`;
  const outcome_ms = [];
  for (let nth = 0; nth < 3; nth += 1)
    outcome_ms.push(
      await timed(async () => outcomeOf((await readKeptRuns(deps, caseWorker, [run!.id])).get(run!.id)!)),
    );
  let seen: readonly string[] = [];
  const check_page_ms = await timed(async () => {
    const page = await readCheckPage(deps, caseWorker, roundId);
    seen = page!.findings.flatMap(({ key }) => key ?? []);
    return page;
  });
  let answered_ms = 0;
  const publish_ms = await timed(async () => {
    const began = performance.now();
    const answer = await publishRound(deps, caseWorker, { ...wanted(), seen });
    answered_ms = rounded(performance.now() - began, 0);
    // Where whoever asks cannot be waited with any longer, it goes on.
    while ((await readPublishing(deps, caseWorker, roundId))?.refusal === null) await sleep(20);
    return answer;
  });
  const [made] = await admin<{ offers: number; waiting: number }[]>`
    select (select count(*)::int from offer) as offers, (select count(*)::int from waiting_entry where is_active) as waiting`;
  report('placement-round', {
    ...{ ...size, simulate_ms, allocate_ms, outcome_ms, check_page_ms, publish_ms, answered_ms, ...made },
    empty_transaction_ms: rounded(median(floor), 2),
    most_mb: rounded(memory(process.pid).most),
    load: loadavg().map((one) => rounded(one)),
  });
} finally {
  await close();
  await stop?.();
}
