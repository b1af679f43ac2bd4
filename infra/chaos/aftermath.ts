import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { parts } from '../dev/parts.ts';
import { root } from '../dev/paths.ts';
import { baseEnvironment } from '../dev/run-node.ts';
import type { Stack } from '../dev/stack.ts';
import { servicesWithDatabase } from '../postgres/services.ts';
import { type Told, ask } from './ask.ts';
import type { Cast } from './cast.ts';
import type { History } from './history.ts';
import { settlesWithinMs } from './watch.ts';

/** Looks at what stands when all is well again, past every lock, and adds it to the history. */
export async function lookAtTheEnd(
  stack: Stack,
  history: History,
  { cast, staffPair, beganAt }: { readonly cast: Cast; readonly staffPair: string; readonly beganAt: Date },
): Promise<void> {
  const eyes = openEyes(stack);
  try {
    for (const service of servicesWithDatabase) {
      const isTold = await settles(async () => {
        const [row] = await eyes(service)<[{ waiting: number }]>`
          select count(*)::integer as waiting from outbox where published_at is null`;
        return row.waiting === 0;
      });
      history.add({ kind: 'check', what: `S-21: ${service} has told something to nobody`, holds: isTold });
      const [aside] = await eyes(service)<[{ count: number }]>`
        select count(*)::integer as count from dead_letter where replayed_at is null`;
      history.add({
        kind: 'check',
        what: `S-24: ${service} has put an event aside`,
        holds: aside.count === 0,
      });
    }
    const { childId, unitId } = cast.pupil;
    const found = await eyes('attendance')<{ id: string; day: string }[]>`
      select id, day::text from absence where child_id = ${childId} and unit_id = ${unitId}`;
    history.add({
      kind: 'absences',
      found: found.map(({ id, day }) => ({ id, slot: `${childId} ${unitId} ${day}` })),
    });
    await lookAtQuestions(history, cast);
    const rows = async (): Promise<number> => {
      const [row] = await eyes('identity')<[{ count: number }]>`
        select count(*)::integer as count from access_log where service = 'identity' and kind = 'CHILD'
          and reader_id = ${cast.substitute.personId} and child_id = ${childId} and read_at >= ${beganAt}`;
      return row.count;
    };
    // What has been told to the bus is sealed into the log within seconds.
    await settles(async () => (await rows()) >= toldTimes(history, staffPair), 20_000);
    history.add({ kind: 'log', pair: staffPair, rows: await rows() });
    history.add({ kind: 'check', what: 'S-11: the access log is broken', holds: await verify(stack) });
  } finally {
    await eyes.close();
  }
}

const toldTimes = ({ happenings }: History, pair: string): number =>
  happenings.filter(
    (one) => one.kind === 'sight' && one.pair === pair && one.service === 'identity' && one.got === 'seen',
  ).length;

const table = `query Table($after: String) { informationRequests(first: 100, after: $after) {
  nodes { id } pageInfo { hasNextPage endCursor } } }`;
interface Table {
  readonly informationRequests: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

/** Every question that there was a receipt of lies on the case worker's table, once it has been sorted. */
async function lookAtQuestions(history: History, { caseWorker }: Cast): Promise<void> {
  const receipts = history.happenings.flatMap((one) =>
    one.kind === 'question' && one.got === 'receipt' ? [one.id] : [],
  );
  let found: readonly string[] = [];
  await settles(async () => {
    found = [];
    for (let after: string | null | undefined = null; after !== undefined;) {
      const told: Told<Table> = await ask<Table>(history, caseWorker, table, { after });
      const page: Table['informationRequests'] = told.got === 'answer' ? told.data.informationRequests : null;
      found = [...found, ...(page?.nodes ?? []).map(({ id }) => id)];
      after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : undefined;
    }
    return receipts.every((id) => found.includes(id));
  });
  history.add({ kind: 'questions', found });
}

/** Waits until it is so, and answers whether it is. */
async function settles(isSo: () => Promise<boolean>, withinMs = settlesWithinMs): Promise<boolean> {
  const since = performance.now();
  while (!(await isSo())) {
    if (performance.now() - since > withinMs) return false;
    await sleep(100);
  }
  return true;
}

function openEyes(stack: Stack) {
  const open = new Map<string, postgres.Sql>();
  const look = (service: string): postgres.Sql => {
    const url = new URL(stack.postgresAdminUrl);
    url.pathname = `/${service}`;
    const sql = open.get(service) ?? postgres(url.href, { max: 1, onnotice: () => {} });
    open.set(service, sql);
    return sql;
  };
  return Object.assign(look, {
    close: async () => void (await Promise.all([...open.values()].map((sql) => sql.end({ timeout: 2 })))),
  });
}

/** As an auditor does: the hashes that attendance holds against the log that identity holds (S-11). */
async function verify(stack: Stack): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'ranselpost-heads-'));
  const run = async (service: string, ...args: readonly string[]): Promise<string> => {
    const environment = parts.find(({ name }) => name === service)!.environment(stack.where);
    const env = { ...baseEnvironment(), ...environment };
    return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stdout;
  };
  try {
    const heads = join(folder, 'heads');
    writeFileSync(heads, await run('attendance', 'services/attendance/src/print-log-heads.ts'));
    await run('identity', 'services/identity/src/verify-access-log.ts', '--heads', heads);
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 1) return false;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
