import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../dev/story.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import type { Stack } from '../dev/stack.ts';
import { Visitor } from '../visitor/visitor.ts';
import { memory, quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const children = Number(process.env['BENCH_CHILDREN'] ?? 44_000);
const revocations = Number(process.env['BENCH_REVOCATIONS'] ?? 100);
const pollMs = 1000;

await withScratchStack(children, async (stack) => {
  const watch = watchReadings(stack);
  const began = performance.now();
  await stack.start();
  const ready = (performance.now() - began) / 1000;
  const { people, firstAt, lastAt, mostMb } = await watch.end();
  const seconds = (lastAt - firstAt) / 1000;
  report('sync', {
    children,
    people,
    ready_s: rounded(ready),
    read_s: rounded(seconds),
    read_per_s: rounded(people / seconds),
    told_to_all_s: rounded(ready - (firstAt - began) / 1000),
    registry_most_mb: rounded(mostMb),
    poll_interval_ms: pollMs,
    ...(await revocationFigures(stack)),
  });
});

/** Follows the worker's own count of people read while the stack starts, and the memory it takes. */
function watchReadings(stack: Stack) {
  let people = 0;
  let firstAt = Number.NaN;
  let lastAt = Number.NaN;
  let mostMb = 0;
  const look = async (): Promise<void> => {
    const worker = stack.running()['registry'];
    if (worker === undefined) return;
    mostMb = Math.max(mostMb, memory(worker.pid).most);
    const text = await (await fetch(`${stack.opsUrls['registry']}/metrics`)).text();
    const counts = [...text.matchAll(/^registry_readings_total\{[^}]*register="freg"[^}]*\} (\d+)/gm)];
    const now = counts.reduce((sum, [, count]) => sum + Number(count), 0);
    if (now > 0 && Number.isNaN(firstAt)) firstAt = performance.now();
    if (now > people) lastAt = performance.now();
    people = now;
  };
  const timer = setInterval(() => void look().catch(() => undefined), 250);
  return {
    end: async () => {
      clearInterval(timer);
      await look();
      return { people, firstAt, lastAt, mostMb };
    },
  };
}

/** From the change in the register to the refusal, in each subgraph: the father of F1 loses and gains responsibility in turn. */
async function revocationFigures(stack: Stack): Promise<Record<string, number>> {
  const gateway = stack.urls['gateway']!;
  const { F1 } = goldenFamilies;
  const father = await Visitor.signedIn(gateway, 'guardian', F1.father.number);
  const mother = await Visitor.signedIn(gateway, 'guardian', F1.mother.number);
  const { data } = await mother.ask<{
    viewer: { children: { id: string; name: { given: string }; enrolments: { unit: { id: string } }[] }[] };
  }>('{ viewer { children { id name { given } enrolments { unit { id } } } } }');
  const child = data!.viewer.children.find(({ name }) => name.given === F1.older.given)!;
  const input = {
    places: [{ childId: child.id, unitId: child.enrolments[0]!.unit.id }],
    firstDay: '2020-01-01',
    cause: 'OTHER',
    idempotencyKey: 'bench',
  };
  const seesIn = {
    identity: async () =>
      (await father.ask<{ child: object | null }>(`{ child(id: "${child.id}") { id } }`)).data?.child != null,
    attendance: async () =>
      !(
        await father.ask(
          `mutation R($input: ReportAbsenceInput!) { reportAbsence(input: $input) { __typename } }`,
          { input },
        )
      ).codes.includes('NOT_FOUND'),
  };
  const times: Record<keyof typeof seesIn, number[]> = { identity: [], attendance: [] };
  for (let round = 0; round < revocations; round += 1) {
    const since = await happen(stack, {
      kind: 'sole-responsibility',
      child: 'F1.older',
      holder: 'F1.mother',
    });
    const [identity, attendance] = await Promise.all([
      until('identity', 30_000, async () => !(await seesIn.identity()), since),
      until('attendance', 30_000, async () => !(await seesIn.attendance()), since),
    ]);
    times.identity.push(identity);
    times.attendance.push(attendance);
    await happen(stack, {
      kind: 'joint-responsibility',
      child: 'F1.older',
      holders: ['F1.mother', 'F1.father'],
    });
    await until(
      'both see again',
      30_000,
      async () => (await seesIn.identity()) && (await seesIn.attendance()),
    );
    await sleep(Math.random() * pollMs);
  }
  return Object.fromEntries(
    Object.entries(times).flatMap(([name, samples]) => [
      [`${name}_p50_ms`, rounded(quantile(samples, 0.5))],
      [`${name}_p99_ms`, rounded(quantile(samples, 0.99))],
      [`${name}_beyond_poll_p99_ms`, rounded(quantile(samples, 0.99) - pollMs)],
    ]),
  );
}

async function happen(stack: Stack, wish: object): Promise<number> {
  const since = performance.now();
  const answer = await fetch(`${stack.urls['freg']}/control/life-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  if (!answer.ok) throw new Error(`the register's simulator answered ${answer.status}`);
  return since;
}
