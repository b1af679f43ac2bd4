import { newId } from '@ranselpost/kit/ids';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { root } from '../dev/paths.ts';
import type { Stack } from '../dev/stack.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { openAuthor, passUndo, settleReachable } from './broadcast.ts';
import { cpuSeconds, memory, quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';
import { openPastLocks } from './town.ts';

const guardians = Number(process.env['BENCH_GUARDIANS'] ?? 50_000);
const askEveryMs = 100;

await withScratchStack(200, async (stack) => {
  await stack.start();
  const people = await settleReachable(stack, guardians);
  const expected = Map.groupBy(people, ({ way }) => way);
  const author = await openAuthor(stack, guardians);
  const visitor = await Visitor.signedIn(stack.urls['gateway']!, 'guardian', goldenFamilies.F1.mother.number);
  const quiet = asking(visitor);
  await sleep(10_000);
  const quietTimes = quiet.end();

  const quietPreviews = await timesOf(5, author.preview);
  const messaging = openPastLocks(stack, 'messaging');
  const id = await author.send(newId());
  const watch = watchParts(stack);
  const busy = asking(visitor);
  const began = performance.now();
  await passUndo(messaging, id);
  const following = follow(messaging, id, began);
  const previews = timesOf(20, author.preview);
  const taken = await untilTaken(stack, people.length);
  const seconds = (performance.now() - began) / 1000;
  const busyTimes = busy.end();
  const mostMb = watch.end();
  const counts = await takenBySink(stack);
  for (const [way, some] of expected)
    if (counts[way]?.different !== some.length)
      throw new Error(`${counts[way]?.different} of ${some.length} were told by ${way}`);
  report('fanout', {
    guardians: people.length,
    ...(await following),
    first_taken_s: rounded((taken.firstAt - began) / 1000, 2),
    all_taken_s: rounded(seconds),
    per_s: rounded(people.length / seconds),
    taken: Object.fromEntries(Object.entries(counts).map(([channel, count]) => [channel, count.taken])),
    twice: Object.values(counts).reduce((sum, { taken: all, different }) => sum + all - different, 0),
    cpu_s: watch.cpu(),
    most_mb: mostMb,
    start_quiet_p95_ms: rounded(quantile(quietTimes, 0.95)),
    start_busy_p95_ms: rounded(quantile(busyTimes, 0.95)),
    preview_quiet_ms: rounded(quantile(quietPreviews, 0.5)),
    preview_busy_most_ms: rounded(Math.max(...(await previews))),
    load: loadavg().map((one) => rounded(one)),
  });
  await messaging.end();
});

/** How long something takes, so many times one after the other. */
async function timesOf(count: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

/** When everybody stands among the recipients, and when all of them have been told of to whoever sends notices. */
async function follow(sql: postgres.Sql, id: string, began: number) {
  const when = async (isSo: (row: { state: string; is_told: boolean }) => boolean): Promise<number> => {
    for (;;) {
      const [row] = await sql<[{ state: string; is_told: boolean }]>`
        select state, is_told from broadcast where id = ${id}`;
      if (isSo(row)) return rounded((performance.now() - began) / 1000, 2);
      await sleep(20);
    }
  };
  return { stored_s: await when(({ state }) => state === 'SENT'), told_s: await when((row) => row.is_told) };
}

type Counts = Readonly<Record<string, { readonly taken: number; readonly different: number }>>;
async function takenBySink({ urls }: Stack): Promise<Counts> {
  return (await (await fetch(`${urls['sink']}/control/counts`)).json()) as Counts;
}

async function untilTaken(stack: Stack, all: number): Promise<{ readonly firstAt: number }> {
  let firstAt = Number.NaN;
  for (const end = performance.now() + 900_000; performance.now() < end; await sleep(250)) {
    const count = Object.values(await takenBySink(stack)).reduce((sum, { different }) => sum + different, 0);
    if (count > 0 && Number.isNaN(firstAt)) firstAt = performance.now();
    if (count >= all) return { firstAt };
  }
  throw new Error('not all were taken within a quarter of an hour');
}

/** Asks for the portal's first page, one after another, and keeps how long each took. */
function asking(visitor: Visitor): { end(): readonly number[] } {
  const query = readFileSync(join(root, 'schema/operations/start.graphql'), 'utf8');
  const times: number[] = [];
  let isOver = false;
  void (async () => {
    while (!isOver) {
      const began = performance.now();
      const answer = await visitor.ask(query, {}).catch(() => undefined);
      // What is not answered is no figure, and no time is better than it.
      times.push(answer?.codes.length === 0 ? performance.now() - began : Number.POSITIVE_INFINITY);
      await sleep(askEveryMs);
    }
  })();
  return {
    end: () => {
      isOver = true;
      return times;
    },
  };
}

/** The most memory that each service has held, by its own process. */
function watchParts(stack: Stack) {
  const services = Object.entries(stack.running()).filter(
    ([, { kind }]) => kind === 'service' || kind === 'gateway',
  );
  const cpu = new Map(services.map(([name, { pid }]) => [name, cpuSeconds(pid)]));
  const used = new Map<string, number>();
  return {
    end: (): Record<string, number> => {
      for (const [name, { pid }] of services) used.set(name, cpuSeconds(pid) - (cpu.get(name) ?? 0));
      return Object.fromEntries(services.map(([name, { pid }]) => [name, rounded(memory(pid).most)]));
    },
    cpu: (): Record<string, number> =>
      Object.fromEntries([...used].map(([name, seconds]) => [name, rounded(seconds)])),
  };
}
