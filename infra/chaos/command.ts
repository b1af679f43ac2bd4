import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withScratchStack } from '../bench/scratch-stack.ts';
import { defaultDataDir } from '../dev/paths.ts';
import { Mendable, say } from '../dev/say.ts';
import { dice } from '../simulators/population/random.ts';
import { broadcastUnderFire } from './broadcast.ts';
import { chaos } from './chaos.ts';
import { longPlan } from './faults.ts';
import { History } from './history.ts';

/** Lets parts of a whole stack of its own fail for some minutes, and says what in the history must never be. */
export async function runChaos(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '15' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      history: { type: 'string' },
      broadcasts: { type: 'string' },
    },
  });
  if (values.broadcasts !== undefined) return runBroadcasts(Number(values.broadcasts), Number(values.seed));
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0) || !Number.isSafeInteger(seed))
    throw new Mendable('Say it so: npm run chaos -- --minutes 15 --seed 1');
  const file = values.history ?? join(defaultDataDir, 'chaos', `${seed}.jsonl`);
  say(`Seed ${seed}, ${minutes} minutes; what happens is written to ${file}, logs beside it`);
  return withScratchStack(50, async (stack) => {
    await stack.start();
    const history = new History(file);
    const violations = await chaos(stack, history, {
      ...{ seed, faults: longPlan(dice(seed, 'faults')), forMs: minutes * 60_000, reports: 5_000, tell: say },
    });
    // The stack is thrown away, and what its parts said is wanted where something is wrong.
    cpSync(join(stack.dataDir, 'logs'), `${file}.logs`, { recursive: true });
    for (const violation of violations.slice(0, 100)) say(violation);
    const faults = history.happenings.filter((one) => one.kind === 'fault' && one.how !== 'back').length;
    const answers = history.happenings.filter((one) => 'begin' in one).length;
    say(JSON.stringify({ chaos: seed, minutes, faults, answers, violations: violations.length }));
    return violations.length === 0 ? 0 : 1;
  });
}

/** Sends broadcasts, one after the other and each with a town and a seed of its own, while what brings them out is killed. */
async function runBroadcasts(rounds: number, firstSeed: number): Promise<number> {
  if (!(rounds > 0) || !Number.isSafeInteger(firstSeed))
    throw new Mendable('Say it so: npm run chaos -- --broadcasts 20 --seed 1');
  let worst = 0;
  for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
    const violations = await withScratchStack(50, async (stack) => {
      await stack.start();
      return broadcastUnderFire(stack, { guardians: 1_500, kills: 12, seed, tell: say });
    });
    for (const violation of violations.slice(0, 100)) say(violation);
    say(JSON.stringify({ broadcast: seed, violations: violations.length }));
    worst = Math.max(worst, violations.length > 0 ? 1 : 0);
  }
  return worst;
}
