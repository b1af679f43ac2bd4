import { newId } from '@ranselpost/kit/ids';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import type { Stack } from '../dev/stack.ts';
import { goldenStaff } from '../simulators/population/index.ts';
import { type Change, change } from '../visitor/admission.ts';
import { Visitor } from '../visitor/visitor.ts';
import { median, report, rounded } from './figures.ts';
import { settleRound } from './offer-town.ts';
import { withScratchStack } from './scratch-stack.ts';
import { openPastLocks } from './town.ts';

/*
 * The day of offers: a round is published through the gateway, and followed from the click until the last guardian is told, by mail, text message,
 * push or post, as the registers have it of them. Whoever is responsible for a child that applied is to be told once.
 */

const size = {
  applicants: Number(process.env['BENCH_APPLICANTS'] ?? 3_000),
  units: Number(process.env['BENCH_UNITS'] ?? 250),
};
const children = Number(process.env['BENCH_CHILDREN'] ?? 6_000);
const withinMs = 45 * 60_000;

const page = `query ($id: ID!) { admissionRound(id: $id) { checkPage { findings { kind key } } } }`;
interface Page {
  readonly admissionRound: {
    readonly checkPage: { readonly findings: readonly { readonly key: string | null }[] } | null;
  } | null;
}

type Counts = Readonly<Record<string, { readonly taken: number; readonly different: number }>>;
const takenBySink = async ({ urls }: Stack): Promise<Counts> =>
  (await (await fetch(`${urls['sink']}/control/counts`)).json()) as Counts;
const ordered = async ({ urls }: Stack): Promise<readonly string[]> => {
  const letters = (await (await fetch(`${urls['freg']}/control/svarut/letters`)).json()) as readonly {
    readonly order: { readonly eksternReferanse?: string };
  }[];
  return letters.map(({ order }) => order.eksternReferanse ?? '');
};

/** Waits until what the registers have of how people are reached is there: the town is being read when the stack has started. */
async function untilKnown(sql: postgres.Sql): Promise<number> {
  let [before, since] = [-1, performance.now()];
  for (const end = performance.now() + 300_000; performance.now() < end; await sleep(500)) {
    const [row] = await sql<[{ known: number }]>`select count(*)::int as known from contact`;
    if (row.known !== before) [before, since] = [row.known, performance.now()];
    else if (performance.now() - since > 5_000) break;
  }
  return before;
}

interface Told {
  /** In one way or another. */
  readonly told: number;
  readonly byPost: number;
  readonly byHand: number;
}
/** How far it has come: whoever sends has written down that something was taken, or that somebody sees to it by hand. */
const toldBy = async (sql: postgres.Sql): Promise<Told> =>
  (
    await sql<[Told]>`
      select count(*) filter (where is_told or state in ('SENT', 'PRINTED', 'BY_HAND'))::int as told,
        count(*) filter (where state in ('SENT', 'PRINTED'))::int as "byPost", count(*) filter (where state = 'BY_HAND')::int as "byHand"
      from (
        select l.state, exists (select from delivery v where v.notice_id = d.decision_id and v.state in ('ACCEPTED', 'DELIVERED')) as is_told
        from decision d left join letter l on l.decision_id = d.decision_id) as decision`
  )[0];

/** Under way, as it still is where the machine has much else to do, a round stands as it was. */
async function isPublished(sql: postgres.Sql, roundId: string): Promise<boolean> {
  const [row] = await sql<
    [{ state: string; refusal: unknown }]
  >`select r.state, p.refusal from admission_round r left join round_publishing p on p.round_id = r.id where r.id = ${roundId}`;
  if (row.refusal !== null) throw new Error(`it was not published: ${JSON.stringify(row.refusal)}`);
  return row.state === 'PUBLISHED';
}

async function writtenIn(sql: postgres.Sql) {
  const [row] = await sql<[{ letters: number; unwritten: number; readers: number; offers: number }]>`
    select (select count(*)::int from decision_letter) as letters, (select count(*)::int from decision_letter where written_at is null) as unwritten,
      (select count(*)::int from decision_reader) as readers, (select count(*)::int from offer) as offers`;
  return row;
}

await withScratchStack(children, async (stack) => {
  await stack.start();
  const [placement, notification] = [openPastLocks(stack, 'placement'), openPastLocks(stack, 'notification')];
  const contacts = await untilKnown(notification);
  const { roundId, guardians } = await settleRound(placement, size);
  const caseWorker = await Visitor.signedIn(stack.urls['gateway']!, 'staff', goldenStaff.caseWorker.number);
  const floor: number[] = [];
  while (floor.length < 20) {
    const began = performance.now();
    await caseWorker.ask('{ __typename }');
    floor.push(performance.now() - began);
  }

  await untilAnswered(caseWorker, 'allocateRound', { roundId });
  let looked = await caseWorker.ask<Page>(page, { id: roundId });
  for (let tries = 1; looked.data?.admissionRound?.checkPage == null && tries < 50; tries += 1)
    looked = await caseWorker.ask<Page>(page, { id: roundId });
  const seen = looked.data!.admissionRound!.checkPage!.findings.flatMap(({ key }) => key ?? []);
  const [before, paper] = [await takenBySink(stack), (await ordered(stack)).length];

  const began = performance.now();
  const seconds = () => rounded((performance.now() - began) / 1000, 2);
  const tries = await untilAnswered(caseWorker, 'publishRound', { roundId, seen });
  const answered_s = seconds();
  while (!(await isPublished(placement, roundId))) await sleep(50);
  const published_s = seconds();
  let [first_told_s, written_s, told_s] = [Number.NaN, Number.NaN, Number.NaN];
  let told = await toldBy(notification);
  for (; Number.isNaN(told_s) && performance.now() - began < withinMs; await sleep(500)) {
    const { unwritten, readers } = await writtenIn(placement);
    if (unwritten === 0 && Number.isNaN(written_s)) written_s = seconds();
    told = await toldBy(notification);
    if (told.told > 0 && Number.isNaN(first_told_s)) first_told_s = seconds();
    if (unwritten === 0 && told.told >= readers) told_s = seconds();
  }

  const expected = [...guardians].flatMap(([child, some]) => some.map((person) => `${child} ${person}`));
  const readers = await placement<{ child_id: string; person_id: string }[]>`
    select child_id, person_id from decision_reader`;
  const named = readers.map(({ child_id: child, person_id: person }) => `${child} ${person}`);
  const reached = new Set(named);
  const after = await takenBySink(stack);
  const post = (await ordered(stack)).slice(paper);
  const [deliveries] = await notification<[{ by: Record<string, number> }]>`
    select coalesce(jsonb_object_agg(channel, count), '{}') as by from (
      select v.channel, count(*)::int from delivery v join decision d on d.decision_id = v.notice_id
      where v.state in ('ACCEPTED', 'DELIVERED') group by v.channel) as one`;
  const { letters, offers } = await writtenIn(placement);
  report('offer-day', {
    ...{ ...size, contacts, offers, letters, guardians: expected.length },
    ...{
      answered_s,
      tries,
      published_s,
      written_s,
      first_told_s,
      told_s,
      gateway_floor_ms: rounded(median(floor)),
    },
    ...{ by: deliveries.by, by_post: told.byPost, by_hand: told.byHand },
    not_written_to: expected.filter((one) => !reached.has(one)).length,
    not_told: named.length - told.told,
    written_twice: named.length - reached.size,
    // Beside what was taken for anything else before.
    taken_twice: twiceIn(after) - twiceIn(before) + (post.length - new Set(post).size),
    load: loadavg().map((one) => rounded(one)),
  });
  await placement.end();
  await notification.end();
});

/** Does it, and asks again under the same key where no answer came in time, as the portal does. Answers how often. */
async function untilAnswered(who: Visitor, mutation: Change, wanted: object): Promise<number> {
  const idempotencyKey = newId();
  for (let tries = 1; tries <= 50; tries += 1) {
    const { round, code } = await change(who, mutation, { ...wanted, idempotencyKey });
    if (round !== undefined) return tries;
    if (code !== 'UNAVAILABLE') throw new Error(`${mutation} was refused: ${code}`);
    await sleep(1_000);
  }
  throw new Error(`${mutation} was not answered`);
}

function twiceIn(counts: Counts): number {
  return Object.values(counts).reduce((sum, { taken, different }) => sum + taken - different, 0);
}
