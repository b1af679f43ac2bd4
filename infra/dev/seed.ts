import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson, writeJson } from './files.ts';
import { openFeatures } from './open-features.ts';
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
  const { dataDir, children } = place;
  const isFirst = seededWith(dataDir) === undefined;
  if (isFirst) {
    await step(tell, `roster with ${children} children beside the golden families`, () =>
      importRoster(place, where),
    );
  }
  await caughtUp(where, isFirst, tell);
  if (isFirst) {
    await step(tell, 'features opened by the administrator', () =>
      openFeatures(where.publicAddress('gateway')),
    );
    await caughtUp(where, false, tell);
  }
  if (isFirst) writeJson(marker(dataDir), { children, seed: place.seed } satisfies Done);
}

async function importRoster({ dataDir, children, seed: population, parts }: Place, where: Surroundings) {
  const roster = join(dataDir, 'roster.xml');
  const log = logOf(dataDir, 'roster');
  const size = { POPULATION_CHILDREN: String(children), POPULATION_SEED: String(population) };
  await runNode('Writing the roster', ['infra/simulators/roster/main.ts', '--out', roster], size, log);
  const identity = parts.find(({ name }) => name === 'identity')?.environment(where);
  const env = { OPS_PORT: '0', PORT: '0', ...identity };
  await runNode('Importing the roster', ['services/identity/src/import-roster.ts', roster], env, log);
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

/** How many facts have been told, and how many of them some service has not taken in yet. */
async function onTheBus(manager: JetStreamManager): Promise<{ told: number; waiting: number }> {
  let told = 0;
  let waiting = 0;
  for await (const stream of manager.streams.list()) {
    told += stream.state.messages;
    for await (const consumer of manager.consumers.list(stream.config.name)) {
      waiting += consumer.num_pending + consumer.num_ack_pending;
    }
  }
  return { told, waiting };
}

const patienceMs = 10 * 60_000;
const tellEveryMs = 3_000;
/** An event is on the bus a few milliseconds after its commit; what has been quiet for so long has nothing on its way. */
const quietMs = 600;

/**
 * Waits until everybody has been fetched from the registers and every service has taken in what the others told. Readiness
 * says nothing of that: a service is ready while it still has a lot to hear.
 */
async function caughtUp(where: Surroundings, isFirst: boolean, tell: Say): Promise<void> {
  const bus = new URL(where.natsUrl('identity'));
  const connection = await connect({ servers: bus.host, user: bus.username, pass: bus.password });
  try {
    const manager = await jetstreamManager(connection);
    await step(tell, 'people fetched from the registers and told to all', () =>
      untilQuiet(where.opsAddress('registry', '/metrics'), manager, isFirst, tell),
    );
  } finally {
    await connection.close();
  }
}

async function untilQuiet(
  url: string,
  manager: JetStreamManager,
  isFirst: boolean,
  tell: Say,
): Promise<void> {
  const began = performance.now();
  let quietSince: number | undefined;
  let toldAt = began;
  while (performance.now() - began < patienceMs) {
    const [due, { told, waiting }] = await Promise.all([duePersons(url), onTheBus(manager)]);
    const now = performance.now();
    // Right after an import nothing has been told yet, which is not what is waited for.
    const isQuiet = due === 0 && waiting === 0 && told > 0;
    quietSince = isQuiet ? (quietSince ?? now) : undefined;
    if (quietSince !== undefined && (!isFirst || now - quietSince >= quietMs)) return;
    if (now - toldAt > tellEveryMs) {
      tell(`    ${due ?? 'unknown how many'} people to fetch, ${waiting} facts to take in`);
      toldAt = now;
    }
    await sleep(100);
  }
  tell('    it goes on in the background');
}
