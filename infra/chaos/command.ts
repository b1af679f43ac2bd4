import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withScratchStack } from '../bench/scratch-stack.ts';
import { defaultDataDir } from '../dev/paths.ts';
import { Mendable, say } from '../dev/say.ts';
import type { Stack } from '../dev/stack.ts';
import { dice } from '../simulators/population/random.ts';
import { broadcastUnderFire } from './broadcast.ts';
import { chaos } from './chaos.ts';
import { longPlan } from './faults.ts';
import { History } from './history.ts';
import { morningUnderFire } from './morning.ts';

const usage = `npm run chaos -- [--minutes 15] [--seed 1] [--history FILE]
npm run chaos -- --broadcasts 20 [--seed 1]
npm run chaos -- --mornings 20 [--seed 1]`;

/** Lets parts of a whole stack of its own fail for some minutes, and says what in the history must never be. */
export async function runChaos(args: readonly string[]): Promise<number> {
  const values = readOptions(args);
  if (values.help === true) {
    say(usage);
    return 0;
  }
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (values.broadcasts !== undefined)
    return runRounds('broadcast', Number(values.broadcasts), seed, (stack, round) =>
      broadcastUnderFire(stack, { guardians: 1_500, kills: 12, seed: round, tell: say }),
    );
  if (values.mornings !== undefined)
    return runRounds('morning', Number(values.mornings), seed, (stack, round) =>
      morningUnderFire(stack, { children: 100, kills: 12, seed: round, tell: say }),
    );
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Mendable(`Say it so:\n${usage}`);
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

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '15' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        history: { type: 'string' },
        broadcasts: { type: 'string' },
        mornings: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new Mendable(`${(cause as Error).message}\nSay it so:\n${usage}`, { cause });
  }
}

/** Plays something so many times, each with a stack and a seed of its own. */
async function runRounds(
  name: string,
  rounds: number,
  firstSeed: number,
  play: (stack: Stack, seed: number) => Promise<readonly string[]>,
): Promise<number> {
  if (!(rounds > 0) || !Number.isSafeInteger(firstSeed)) throw new Mendable(`Say it so:\n${usage}`);
  let worst = 0;
  for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
    const violations = await withScratchStack(250, async (stack) => {
      await stack.start();
      const found = await play(stack, seed);
      if (found.length > 0)
        cpSync(join(stack.dataDir, 'logs'), join(defaultDataDir, 'chaos', `${name}-${seed}.logs`), {
          recursive: true,
        });
      return found;
    });
    for (const violation of violations.slice(0, 100)) say(violation);
    say(JSON.stringify({ [name]: seed, violations: violations.length }));
    worst = Math.max(worst, violations.length > 0 ? 1 : 0);
  }
  return worst;
}
