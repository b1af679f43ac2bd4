import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { openPastLocks } from '../bench/town.ts';
import type { Say } from '../dev/say.ts';
import type { Stack } from '../dev/stack.ts';
import type { Dice } from '../simulators/population/random.ts';

export interface Kills {
  readonly parts: readonly string[];
  /** How often something is killed. */
  readonly kills: number;
  readonly chance: Dice;
  readonly tell: Say;
  /** Called when a part is back. */
  readonly afterwards?: (part: string) => Promise<unknown>;
}

/** Kills parts, each before one of them comes again, in an order and at moments of the dice. */
export async function killInTurn(
  stack: Stack,
  { parts, kills, chance, tell, afterwards }: Kills,
): Promise<void> {
  let left: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    if (left.length === 0) left = [...parts];
    const [part] = left.splice(chance.below(left.length), 1) as [string];
    await sleep(chance.below(400));
    tell(`${part} is killed`);
    await stack.kill(part);
    await sleep(chance.below(200));
    await stack.startPart(part);
    await afterwards?.(part);
  }
}

/** Looks into a service's database past every lock. */
export async function onSql<Value>(
  stack: Stack,
  service: string,
  work: (sql: postgres.Sql) => Promise<Value>,
): Promise<Value> {
  const sql = openPastLocks(stack, service);
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}
