import { newId } from '@ranselpost/kit/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { Pool } from 'undici';
import { dice } from '../simulators/population/random.ts';
import { giveSessions } from '../visitor/sessions.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { median, report, rounded } from './figures.ts';
import type { Ask } from './morning-boards.ts';
import { asker, figures } from './morning-load.ts';
import { spread } from './open-load.ts';
import { withScratchStack } from './scratch-stack.ts';
import { openPastLocks } from './town.ts';

/*
 * The evening of a deadline: the last hour of a round, faster, through the gateway, each by a guardian of their own. Drafts are there before. What was
 * sent before the last second is over, by the clock of whoever sends it, is looked for in the database: as a receipt, and in an answer.
 */

const size = Number(process.env['BENCH_SIZE'] ?? 1);
const lastHour = Math.round(2_600 * size);
const lastMinute = Math.round(130 * size);
/** An hour in so many seconds, and its last minute in a sixtieth of them. */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 120);
const children = Number(process.env['BENCH_CHILDREN'] ?? 6_000);

interface Applicant {
  readonly childId: string;
  readonly guardians: readonly string[];
  readonly units: readonly string[];
}

const save = `mutation ($input: SavePlacementApplicationInput!) { savePlacementApplication(input: $input) {
  __typename ... on PlacementApplicationSaved { application { id } } } }`;
const send = `mutation ($input: SubmitPlacementApplicationInput!) { submitPlacementApplication(input: $input) {
  __typename ... on PlacementApplicationReceived { receipt { receivedAt } } ... on Refusal { code } } }`;

/** A round with all kindergartens that is open, admission everywhere, and children with somebody to apply for them. */
async function prepare(sql: postgres.Sql, roundId: string): Promise<readonly Applicant[]> {
  const year = Number(localDateAt(new Date()).slice(0, 4)) + 1;
  await sql`
    insert into access.feature (unit_id, feature, state, is_readable) select unit_id, 'PLACEMENT', 'OPEN', true from access.unit
    on conflict (feature, unit_id) do update set state = 'OPEN', is_readable = true`;
  await sql`
    insert into admission_round (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, seed_commitment, planned_at,
      idempotency_key, state)
    values (${roundId}, 'SUPPLEMENTARY', 'Søknadsfrist', ${year}, current_date + 1, 5, '08-01', '{"markets":["large","small"]}',
      ${'0'.repeat(64)}, now(), 'evening', 'OPEN')`;
  await sql`
    with adopted as (
      insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days, silence_declines,
        convertible, max_seats, adopted_at, idempotency_key)
      select gen_random_uuid(), unit_id, 1000, '2020-01-01', '{"mode":"firstMatch","groups":["law18"],"then":["age:oldest"]}', 1, true, false,
        10, true, false, '{}', now(), unit_id::text from access.unit where kind = 'KINDERGARTEN' and is_active returning id, unit_id)
    insert into round_unit (round_id, unit_id, statute_id) select ${roundId}, unit_id, id from adopted`;
  const units = await sql<
    { unit_id: string }[]
  >`select unit_id from round_unit where round_id = ${roundId} order by unit_id`;
  const rows = await sql<{ child_id: string; guardians: string[] }[]>`
    select child_id, array_agg(distinct person_id order by person_id) as guardians from access.guardian g
    where ground = 'PARENTAL_RESPONSIBILITY' and (ends_on is null or ends_on > current_date + 1)
      and not exists (select from access.enrolment e where e.child_id = g.child_id and e.named_staff is not null)
      and not exists (select from child_facts f where f.child_id = g.child_id and f.is_protected)
    group by child_id order by child_id limit ${lastHour + lastMinute}`;
  if (rows.length < lastHour + lastMinute) throw new Error(`there are ${rows.length} children only`);
  return rows.map(({ child_id: childId, guardians }, nth) => ({
    ...{ childId, guardians },
    units: Array.from(
      { length: Math.min(3, units.length) },
      (_none, at) => units[(nth + at) % units.length]!.unit_id,
    ),
  }));
}

async function draft(ask: Ask, who: Visitor, roundId: string, one: Applicant): Promise<string> {
  const input = {
    ...{ childId: one.childId, roundId, guardianIds: one.guardians },
    wishes: one.units.map((unitId, at) => ({ unitId, rank: at + 1 })),
  };
  const { savePlacementApplication: saved } = await ask<{
    savePlacementApplication: { __typename: string; application?: { id: string } };
  }>(who, save, { input });
  if (saved.application === undefined) throw new Error(`a draft is ${saved.__typename}`);
  return saved.application.id;
}

await withScratchStack(children, async (stack) => {
  await stack.start();
  const sql = openPastLocks(stack, 'placement');
  const roundId = newId();
  const applicants = await prepare(sql, roundId);
  const gateway = openPastLocks(stack, 'gateway');
  const visitors = await giveSessions(
    stack.urls['gateway']!,
    gateway,
    applicants.map(({ guardians }) => ({ kind: 'guardian' as const, personId: guardians[0]! })),
  );
  await gateway.end();
  const pool = new Pool(stack.urls['gateway']!, { connections: 256, pipelining: 1 });
  const ask = asker(pool);

  const drafts: string[] = [];
  for (let at = 0; at < applicants.length; at += 16)
    drafts.push(
      ...(await Promise.all(
        applicants.slice(at, at + 16).map((one, nth) => draft(ask, visitors[at + nth]!, roundId, one)),
      )),
    );
  process.stdout.write(`  ${drafts.length} drafts\n`);

  const begins = Date.now() + 2_000;
  const ends = begins + seconds * 1000;
  await sql`
    update admission_round set deadline = current_date - 2, grace_until = ${new Date(ends)}, grace_reason = 'The last hour of it'
    where id = ${roundId}`;
  // What comes in the last second is in time, to the second.
  const isOver = Math.floor(ends / 1000) * 1000 + 1000;
  const chance = dice(5, 'evening');
  const [hour, minute] = [seconds * 1000, (seconds * 1000) / 60];
  const due = drafts
    .map((id, nth) => ({
      ...{ id, who: visitors[nth]! },
      at: nth < lastHour ? begins + chance.next() * hour : ends - chance.next() * minute,
    }))
    .toSorted((one, other) => one.at - other.at);
  const times: number[] = [];
  const answers = new Map<string, number>();
  const acknowledged = new Set<string>();
  const sentInTime = new Set<string>();
  const underWay: Promise<void>[] = [];
  for (const { id, who, at } of due) {
    const early = at - Date.now();
    if (early > 0) await sleep(early);
    if (Date.now() < isOver) sentInTime.add(id);
    underWay.push(
      ask<{ submitPlacementApplication: { __typename: string; code?: string } }>(who, send, {
        input: { applicationId: id, idempotencyKey: newId() },
      }).then(
        ({ submitPlacementApplication: { __typename: answer, code } }) => {
          times.push(Date.now() - at);
          if (answer === 'PlacementApplicationReceived') acknowledged.add(id);
          answers.set(code ?? answer, (answers.get(code ?? answer) ?? 0) + 1);
        },
        (error: Error) => {
          times.push(Number.POSITIVE_INFINITY);
          answers.set(error.message, (answers.get(error.message) ?? 0) + 1);
        },
      ),
    );
  }
  await Promise.all(underWay);

  const receipts = await sql<{ application_id: string }[]>`
    select r.application_id from application_receipt r join placement_application a on a.id = r.application_id
    where a.round_id = ${roundId} and a.state = 'SUBMITTED'`;
  const received = new Set(receipts.map(({ application_id: id }) => id));
  const lost = [...acknowledged].filter((id) => !received.has(id)).length;
  const missing = [...sentInTime].filter((id) => !received.has(id)).length;
  report('deadline-evening', {
    ...{ last_hour: lastHour, last_minute: lastMinute, seconds, times_faster: rounded(3_600 / seconds) },
    ...{ sent_in_time: sentInTime.size, acknowledged: acknowledged.size, receipts: receipts.length },
    ...{ acknowledged_and_not_there: lost, sent_in_time_and_not_there: missing },
    ...{ twice: receipts.length - received.size, answers: Object.fromEntries(answers) },
    ...{ until_receipt: figures(spread(times)), median_ms: rounded(median(times)) },
    load: loadavg().map((one) => rounded(one)),
  });
  await pool.close();
  await sql.end();
});
