import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson, writeJson } from './files.ts';
import type { Surroundings } from './part.ts';
import { runNode } from './run-node.ts';
import { logOf } from './runnable.ts';
import { step, type Say } from './say.ts';
import type { Place } from './surroundings.ts';

type Done = { readonly children: number; readonly seed: number };

const marker = (dataDir: string): string => join(dataDir, 'seeded.json');

/** Which municipality this data folder was filled with; later starts must simulate the same people. */
export const seededWith = (dataDir: string): Done | undefined => readJson<Done>(marker(dataDir));

/** Fills a fresh stack with the invented municipality: the school's roster by file, the people through the registers. */
export async function seed(place: Place, where: Surroundings, tell: Say): Promise<void> {
  const { dataDir, children, parts } = place;
  const isFirst = seededWith(dataDir) === undefined;
  if (isFirst) {
    await step(tell, `roster of ${children} generated children beside the golden families`, async () => {
      const roster = join(dataDir, 'roster.xml');
      const log = logOf(dataDir, 'roster');
      const size = { POPULATION_CHILDREN: String(children), POPULATION_SEED: String(place.seed) };
      await runNode('Writing the roster', ['infra/simulators/roster/main.ts', '--out', roster], size, log);
      const identity = parts.find(({ name }) => name === 'identity');
      const env = { OPS_PORT: '0', PORT: '0', ...identity?.environment(where) };
      await runNode('Importing the roster', ['services/identity/src/import-roster.ts', roster], env, log);
    });
  }
  await caughtUp(where.opsAddress('registry', '/metrics'), isFirst, tell);
  if (isFirst) writeJson(marker(dataDir), { children, seed: place.seed } satisfies Done);
}

async function duePersons(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const value = /^registry_due_persons(?:\{[^}]*\})? ([\d.e+]+)$/m.exec(await answer.text())?.[1];
    return value === undefined ? undefined : Number(value);
  } catch {
    return undefined;
  }
}

const settledMs = 6_000;
const patienceMs = 10 * 60_000;

/**
 * Waits until the registry has fetched everybody it was asked to. Just after an import it has not yet heard of anybody, so
 * nothing due counts only when it stays so, or when something was due before.
 */
async function caughtUp(url: string, isFirst: boolean, tell: Say): Promise<void> {
  const began = performance.now();
  let most = 0;
  let zeroSince: number | undefined;
  let told = began;
  await step(tell, 'people fetched from the registers', async () => {
    while (performance.now() - began < patienceMs) {
      const due = await duePersons(url);
      const now = performance.now();
      if (due !== undefined) most = Math.max(most, due);
      zeroSince = due === 0 ? (zeroSince ?? now) : undefined;
      const enough = !isFirst ? 0 : most > 0 ? 300 : settledMs;
      if (zeroSince !== undefined && now - zeroSince >= enough) return;
      if (now - told > 3_000) {
        tell(due === undefined ? '    the registry does not say yet' : `    ${due} of ${most} people to go`);
        told = now;
      }
      await sleep(100);
    }
    tell('    it goes on in the background');
  });
}
