import { end } from './processes.ts';
import type { Kind, RunningPart } from './state.ts';

type Stop = { readonly kind: Kind; readonly signal: NodeJS.Signals; readonly limitMs: number };

/**
 * From the door inwards: nobody is asked for an answer by something that has lost what it answers from. A service exits
 * within 25 s by itself; Postgres ends sessions and stays whole on SIGINT.
 */
export const stopOrder: readonly Stop[] = [
  { kind: 'gateway', signal: 'SIGTERM', limitMs: 28_000 },
  { kind: 'service', signal: 'SIGTERM', limitMs: 28_000 },
  { kind: 'simulator', signal: 'SIGTERM', limitMs: 8_000 },
  { kind: 'nats', signal: 'SIGTERM', limitMs: 15_000 },
  { kind: 'postgres', signal: 'SIGINT', limitMs: 30_000 },
];

export function howToStop(kind: Kind): Stop {
  const found = stopOrder.find((stop) => stop.kind === kind);
  if (found === undefined) throw new Error(`nothing says how to stop a ${kind}`);
  return found;
}

export async function stopOne(part: RunningPart): Promise<'asked' | 'forced'> {
  const { signal, limitMs } = howToStop(part.kind);
  return end(part, signal, limitMs);
}

/** Stops what runs, kind by kind; says each that had to be forced. */
export async function stopInOrder(
  running: Readonly<Record<string, RunningPart>>,
  onStopped: (names: readonly string[], forced: readonly string[]) => void = () => undefined,
): Promise<void> {
  for (const { kind } of stopOrder) {
    const group = Object.entries(running).filter(([, part]) => part.kind === kind);
    const ends = await Promise.all(group.map(async ([name, part]) => [name, await stopOne(part)] as const));
    const forced = ends.filter(([, how]) => how === 'forced').map(([name]) => name);
    if (group.length > 0)
      onStopped(
        ends.map(([name]) => name),
        forced,
      );
  }
}
