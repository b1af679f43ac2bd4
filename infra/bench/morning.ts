import { localDateAt } from '@ranselpost/kit/pure/dates';
import { loadavg } from 'node:os';
import { Pool } from 'undici';
import { report, rounded } from './figures.ts';
import { openBoards } from './morning-boards.ts';
import { Morning, asker, cpuOf, measureFloors, morningMinutes, worst } from './morning-load.ts';
import { beginMorning } from './morning-town.ts';
import { withScratchStack } from './scratch-stack.ts';

const bergen = 44_000;
const children = Number(process.env['BENCH_CHILDREN'] ?? 6_000);
const stepSeconds = Number(process.env['BENCH_STEP_SECONDS'] ?? 10);
/** Of a part of Bergen a part of its morning, in so much less time: reports, check-ins and receipts come as fast as in all of it. */
const size = Math.min(1, children / bergen);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 120) * size;

/** Bergen's worst morning (rules § 22). */
const records = Math.round(6_300 * size);
const checkIns = Math.round(18_000 * size);
const peakPerSecond = (6_300 * worst.share) / (15 * 60);
const multiples = (process.env['BENCH_MULTIPLES'] ?? '10,20,30,40,50,60,80').split(',').map(Number);
/** Somebody who waits longer for the receipt of a report has put the telephone away. */
const brokenMs = 1_000;

await withScratchStack(children, async (stack) => {
  await stack.start();
  const day = localDateAt(new Date());
  const town = await beginMorning(stack, checkIns);
  const pool = new Pool(stack.urls['gateway']!, { connections: 256, pipelining: 1 });
  const ask = asker(pool);
  const floors = await measureFloors(stack, ask, town.boards[0]!.who, stepSeconds / 2);
  const boards = await openBoards(ask, town.boards, day);
  const morning = new Morning(ask, boards, day, town.reports);

  await morning.reportAt(5, 3);
  boards.clear();
  morning.clear();
  const before = cpuOf(stack);
  const replayed = await morning.replay(town.checkIns, { records, seconds });
  const after = cpuOf(stack);
  report('morning', {
    ...{
      children,
      boards: town.boards.length,
      seconds: rounded(seconds),
      times_faster: rounded((morningMinutes * 60 * size) / seconds),
    },
    ...replayed,
    cpu_s: Object.fromEntries(
      Object.entries(after).map(([name, used]) => [
        name,
        rounded(used - before[name as keyof typeof before]),
      ]),
    ),
    ...floors,
    report_p95_to_floor: rounded(replayed.report.p95 / floors.floor_gateway.p95),
    board_p95_to_floor: rounded(replayed.board.p95 / floors.floor_gateway.p95),
    ...(await untilItBreaks(morning)),
    failures: Object.fromEntries([...morning.failures, ...boards.failures]),
    load: loadavg().map((one) => rounded(one)),
  });
  await boards.close();
  await pool.close();
});

/** Reports in steps of Bergen's peak, until nobody would wait any more for the receipt or one is not given. */
async function untilItBreaks(morning: Morning) {
  const steps: Record<string, unknown> = {};
  let [held, broken] = [0, null as number | null];
  for (const multiple of multiples) {
    const step = await morning.reportAt(multiple * peakPerSecond, stepSeconds);
    steps[multiple] = step;
    process.stdout.write(`  ${multiple} times the peak: ${JSON.stringify(step)}\n`);
    if (step.failed > 0 || step.report.p95 > brokenMs) {
      broken = multiple;
      break;
    }
    held = multiple;
  }
  return { peak_per_s: rounded(peakPerSecond, 2), steps, held_times_peak: held, broken_times_peak: broken };
}
