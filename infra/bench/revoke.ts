import { type ActorSigner, createActorSigner } from '@ranselpost/kit/actor-token';
import { newId } from '@ranselpost/kit/ids';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { Pool } from 'undici';
import type { Stack } from '../dev/stack.ts';
import { buildPopulation, type Person } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const revocations = Number(process.env['BENCH_REVOCATIONS'] ?? 500);
const readsPerSecond = Number(process.env['BENCH_READS'] ?? 200);
const changesPerSecond = 10;
/** One family in so many is asked about every few milliseconds besides, and its father has a stream of hints open. */
const closely = 20;
const closeMs = 10;
const pollMs = 1000;
/** S-04: what no read may outlive, once the register's change is readable and has been polled for. */
const mostMs = pollMs + 2000;

/** How long something that a right opened stays open when the right is over. */
interface Clock {
  changedAt: number;
  /** When the last read began that was still answered, and the first that was not. */
  lastSeenAt: number;
  hiddenAt: number;
  /** When that refusal was there: reads under way at the same time may come in any order. */
  refusedAt: number;
}

/** One father of one child, who is about to lose responsibility, as one service sees him. */
interface Watch extends Clock {
  readonly service: 'identity' | 'attendance';
  readonly personId: string;
  readonly childId: string;
}

const never = {
  changedAt: Number.NaN,
  lastSeenAt: Number.NaN,
  hiddenAt: Number.NaN,
  refusedAt: Number.NaN,
};

interface Family {
  readonly child: Person;
  readonly stays: Person;
  readonly goes: Person;
}

await withScratchStack(revocations * 4, async (stack) => {
  await stack.start();
  const families = jointFamilies(revocations * 4).slice(0, revocations);
  const watches = await watchesOf(stack, families);
  const reader = await openReader(stack);
  const streams = await streamsOf(stack, families);
  const answered = { reads: 0, unavailable: 0, tooLate: 0, afterRefusal: 0 };
  let isOver = false;
  const load = (async () => {
    const began = performance.now();
    for (let sent = 0; !isOver; sent += 1) {
      await sleep(Math.max(0, began + (sent * 1000) / readsPerSecond - performance.now()));
      void read(next(watches));
    }
  })();

  /** Whoever has just lost a right is asked about most: that is where it shows how long a right lives on. */
  function next(all: readonly Watch[]): Watch {
    const open = all.filter(({ changedAt, hiddenAt }) => !Number.isNaN(changedAt) && Number.isNaN(hiddenAt));
    const from = open.length > 0 && Math.random() < 0.9 ? open : all;
    return from[Math.floor(Math.random() * from.length)]!;
  }

  async function read(watch: Watch): Promise<void> {
    const startedAt = performance.now();
    const isSeen = await reader.sees(watch);
    answered.reads += 1;
    if (isSeen === undefined) {
      answered.unavailable += 1;
      return;
    }
    if (Number.isNaN(watch.changedAt) || startedAt < watch.changedAt) return;
    if (!isSeen) {
      if (Number.isNaN(watch.refusedAt)) watch.refusedAt = performance.now();
      watch.hiddenAt = Math.min(Number.isNaN(watch.hiddenAt) ? startedAt : watch.hiddenAt, startedAt);
      return;
    }
    watch.lastSeenAt = Math.max(watch.lastSeenAt || 0, startedAt);
    if (startedAt > watch.changedAt + mostMs) answered.tooLate += 1;
    if (startedAt > watch.refusedAt) answered.afterRefusal += 1;
  }

  /** Does not wait for an answer before it asks again: one that is slow would hide those that come after it. */
  async function askClosely(watch: Watch): Promise<void> {
    while (Number.isNaN(watch.hiddenAt) && !isOver) {
      void read(watch);
      await sleep(closeMs);
    }
  }

  const began = performance.now();
  for (const [place, { child, stays }] of families.entries()) {
    await sleep(Math.max(0, began + (place * 1000) / changesPerSecond - performance.now()));
    const at = performance.now();
    await happen(stack, { kind: 'sole-responsibility', child: child.number, holder: stays.number });
    if ((place + 1) % 100 === 0) process.stdout.write(`  ${place + 1} of ${families.length} changed\n`);
    const changed = watches.slice(place * 2, place * 2 + 2);
    for (const watch of changed) watch.changedAt = at;
    if (place % closely !== 0) continue;
    streams[place / closely]!.changedAt = at;
    for (const watch of changed) void askClosely(watch);
  }
  const deadline = performance.now() + 60_000;
  const all = [...watches, ...streams];
  while (all.some(({ hiddenAt }) => Number.isNaN(hiddenAt)) && performance.now() < deadline) await sleep(50);
  const seconds = (performance.now() - began) / 1000;
  isOver = true;
  await load;
  await reader.close();

  const spread = (name: string, times: readonly number[]) => ({
    [`${name}_p50_ms`]: rounded(quantile(times, 0.5)),
    [`${name}_p99_ms`]: rounded(quantile(times, 0.99)),
    [`${name}_max_ms`]: rounded(Math.max(...times)),
  });
  const openFor = ({ changedAt, hiddenAt }: Clock): number => hiddenAt - changedAt;
  const figures = (service: Watch['service']) =>
    spread(service, watches.filter((watch) => watch.service === service).map(openFor));
  const asked = watches.filter((_watch, place) => Math.floor(place / 2) % closely === 0);
  const neverRefused = all.filter(({ hiddenAt }) => Number.isNaN(hiddenAt)).length;
  report('revoke', {
    revocations: families.length,
    reads_per_s: rounded(answered.reads / seconds),
    unavailable: answered.unavailable,
    poll_interval_ms: pollMs,
    ...figures('identity'),
    ...figures('attendance'),
    ...spread('live', streams.map(openFor)),
    // Of those asked about every few milliseconds: when the last read began that was still answered.
    ...spread(
      'last_answered',
      asked.map(({ changedAt, lastSeenAt }) => (Number.isNaN(lastSeenAt) ? 0 : lastSeenAt - changedAt)),
    ),
    never_refused: neverRefused,
    answered_after_3_s: answered.tooLate,
    answered_after_a_refusal: answered.afterRefusal,
  });
  if (answered.tooLate > 0 || answered.afterRefusal > 0 || neverRefused > 0) process.exitCode = 1;
});

/** The streams of hints of those asked about closely, from when they are open; they close when the right is over. */
async function streamsOf(stack: Stack, families: readonly Family[]): Promise<readonly Clock[]> {
  const gateway = stack.urls['gateway']!;
  const streams: Clock[] = [];
  for (const { goes } of families.filter((_family, place) => place % closely === 0)) {
    const father = await Visitor.signedIn(gateway, 'guardian', goes.number);
    const url = new URL('/live', gateway);
    const { status, body } = await fetch(url, { headers: { cookie: father.jar.header(url) } });
    if (status !== 200 || body === null) throw new Error(`no stream: ${status}`);
    const stream: Clock = { ...never };
    streams.push(stream);
    const closed = (): void => void (stream.hiddenAt = performance.now());
    void body.pipeTo(new WritableStream()).then(closed, closed);
  }
  return streams;
}

/** Children of two living and ordinary adults with joint responsibility; one for each father, whose stream ends with it. */
function jointFamilies(children: number): readonly Family[] {
  const fathers = new Set<Person>();
  return buildPopulation({ children, seed: 1 }).children.flatMap((child): Family[] => {
    const current = child.responsibilities.filter((entry) => entry.current);
    const holders = current.flatMap(({ holder }) => (holder === null ? [] : [holder]));
    const [stays, goes] = holders;
    const isOrdinary =
      holders.length === 2 &&
      current.length === 2 &&
      current.every(({ ansvar }) => ansvar === 'felles') &&
      [child, ...holders].every(({ status, protection }) => status === 'bosatt' && protection === 'ugradert');
    if (!isOrdinary || fathers.has(goes!)) return [];
    fathers.add(goes!);
    return [{ child, stays: stays!, goes: goes! }];
  });
}

async function watchesOf(stack: Stack, families: readonly Family[]): Promise<readonly Watch[]> {
  const url = new URL(stack.postgresAdminUrl);
  url.pathname = '/identity';
  const identity = postgres(url.href, { max: 1, onnotice: () => {} });
  const idOf = async ({ given, family, born }: Person): Promise<string> => {
    const rows = await identity<{ person_id: string }[]>`
      select person_id from person where given = ${given} and family = ${family} and birth_date = ${born}`;
    if (rows.length !== 1) throw new Error(`${rows.length} people have a name and a birth date`);
    return rows[0]!.person_id;
  };
  try {
    const watches: Watch[] = [];
    for (const { child, goes } of families) {
      const [childId, personId] = [await idOf(child), await idOf(goes)];
      watches.push({ service: 'identity', childId, personId, ...never });
      watches.push({ service: 'attendance', childId, personId, ...never });
    }
    return watches;
  } finally {
    await identity.end({ timeout: 2 });
  }
}

/** Asks the subgraphs themselves, with actors as the gateway signs them: one login for each father would take minutes. */
async function openReader(stack: Stack) {
  const issuer = stack.where.publicAddress('gateway');
  const keys = JSON.parse(
    readFileSync(stack.where.secrets.signingKeysFile('actor-signing'), 'utf8'),
  ) as Parameters<typeof createActorSigner>[1];
  const signer: ActorSigner = await createActorSigner(issuer, keys);
  const pools = {
    identity: new Pool(stack.where.address('identity', ''), { connections: 32 }),
    attendance: new Pool(stack.where.address('attendance', ''), { connections: 32 }),
  };
  const question = {
    identity: (id: string) => ({ query: '{ child(id: $id) { id } }'.replace('$id', JSON.stringify(id)) }),
    // A day long past: whoever may report is told so, and to everybody else there is no such child.
    attendance: (childId: string) => ({
      query: `mutation R($input: ReportAbsenceInput!) { reportAbsence(input: $input) { __typename } }`,
      variables: {
        input: {
          ...{ places: [{ childId, unitId: newId() }], firstDay: '2020-01-01' },
          ...{ cause: 'OTHER', idempotencyKey: newId() },
        },
      },
    }),
  };
  return {
    /** Undefined where it could not be read just now, which tells nothing. */
    sees: async ({ service, personId, childId }: Watch): Promise<boolean | undefined> => {
      const token = await signer.sign({ kind: 'guardian', personId, level: 'substantial' }, service);
      const { body } = await pools[service].request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(question[service](childId)),
      });
      const text = await body.text();
      if (text.includes('NOT_FOUND')) return false;
      if (text.includes('UNAVAILABLE')) return undefined;
      if (text.includes('"errors"')) throw new Error(text.slice(0, 200));
      return true;
    },
    close: async () => void (await Promise.all([pools.identity.close(), pools.attendance.close()])),
  };
}

async function happen(stack: Stack, wish: object): Promise<void> {
  const answer = await fetch(`${stack.urls['freg']}/control/life-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  if (!answer.ok) throw new Error(`the register's simulator answered ${answer.status}`);
}
