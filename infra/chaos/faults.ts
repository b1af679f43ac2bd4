import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../dev/stack.ts';
import type { Dice } from '../simulators/population/random.ts';
import type { History } from './history.ts';

const parts = ['nats', 'identity', 'registry', 'postgres', 'attendance', 'gateway'] as const;
type Part = (typeof parts)[number];
type How = 'killed' | 'stopped' | 'paused';

/** Something that is done to one part, or to two at once, and for how long. */
export interface Fault {
  readonly parts: readonly Part[];
  readonly how: How;
  readonly forMs: number;
  /** How long all is well before it. */
  readonly afterMs: number;
}

/** Each of the four in turn, and how by the dice: what a suite has time for. */
export function shortPlan(dice: Dice): readonly Fault[] {
  const left: Part[] = ['nats', 'identity', 'registry', 'postgres'];
  const order: Part[] = [];
  while (left.length > 0) order.push(...left.splice(dice.below(left.length), 1));
  return order.map((part) => ({
    parts: [part],
    how: dice.chance(0.5) ? 'killed' : 'stopped',
    forMs: 600 + dice.below(900),
    afterMs: 600 + dice.below(600),
  }));
}

/** One fault after the other without end. A part that is paused is there and says nothing, as behind a cut line. */
export function* longPlan(dice: Dice): Generator<Fault> {
  for (;;) {
    const one = dice.pick(parts);
    const other = dice.pick(parts);
    const how = dice.pick(['killed', 'killed', 'stopped', 'paused'] as const);
    const chosen = dice.chance(0.25) && other !== one ? [one, other] : [one];
    // Sometimes longer than a copy may answer without hearing anything, which is 10 s here.
    const forMs = dice.chance(0.3) ? 12_000 + dice.below(5_000) : 300 + dice.below(4_000);
    // Its children go on when the first process of Postgres is paused, and nobody waits for a gateway that says nothing.
    const cannotPause = chosen.includes('postgres') || chosen.includes('gateway');
    const done = how === 'paused' && cannotPause ? 'killed' : how;
    yield { parts: chosen, how: done, forMs, afterMs: 500 + dice.below(6_000) };
  }
}

/** Does it, waits, and takes it back. */
export async function happen(stack: Stack, history: History, fault: Fault): Promise<void> {
  const note = (how: How | 'back'): void =>
    history.add({ kind: 'fault', at: history.now(), parts: fault.parts, how });
  note(fault.how);
  await Promise.all(fault.parts.map((part) => down(stack, part, fault.how)));
  await sleep(fault.forMs);
  await bringBack(stack, fault);
  note('back');
}

async function down(stack: Stack, part: Part, how: How): Promise<void> {
  if (how === 'killed') await stack.kill(part);
  else if (how === 'stopped') await stack.stopPart(part);
  else signal(stack, part, 'SIGSTOP');
}

async function bringBack(stack: Stack, { parts: chosen, how }: Fault): Promise<void> {
  if (how === 'paused') for (const part of chosen) signal(stack, part, 'SIGCONT');
  // A service is ready when what it stands on is there: the stores come first.
  else
    for (const part of ['postgres', 'nats', ...parts])
      if (chosen.some((one) => one === part) && stack.running()[part] === undefined)
        await stack.startPart(part);
}

function signal(stack: Stack, part: Part, name: NodeJS.Signals): void {
  const running = stack.running()[part];
  if (running !== undefined) process.kill(running.pid, name);
}
