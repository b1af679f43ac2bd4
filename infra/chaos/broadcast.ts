import { newId } from '@ranselpost/kit/ids';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Reached, openAuthor, passUndo, settleReachable } from '../bench/broadcast.ts';
import type { Say } from '../dev/say.ts';
import type { Stack } from '../dev/stack.ts';
import { type Dice, dice } from '../simulators/population/random.ts';
import { killInTurn, onSql } from './kills.ts';

export interface BroadcastRun {
  /** At most 1,500: the sink remembers no more of what each of them got. */
  readonly guardians: number;
  /** How often something is killed while it goes out. */
  readonly kills: number;
  readonly seed: number;
  readonly tell: Say;
}

const settlesWithinMs = 180_000;

/**
 * Sends one text to everybody in a town while messaging, notification and Postgres are killed, the relay for mail is down and
 * devices are gone, each at a moment that the dice choose; and answers what must never be: somebody without it, or with it twice.
 */
export async function broadcastUnderFire(stack: Stack, run: BroadcastRun): Promise<readonly string[]> {
  const { guardians, seed } = run;
  const chance = dice(seed, 'broadcast');
  const people = await settleReachable(stack, guardians);
  const gone = await loseDevices(stack, people, chance);
  const author = await openAuthor(stack, guardians);
  const key = newId();
  const id = await author.send(key);
  const faults = await armFaults(stack);
  try {
    await onSql(stack, 'messaging', (sql) => passUndo(sql, id));
    await killInTurn(stack, {
      ...{ parts: ['messaging', 'notification', 'postgres'], kills: run.kills, chance, tell: run.tell },
      // What it had in its hands is taken up after two minutes: they pass.
      afterwards: async (part) =>
        part === 'messaging'
          ? undefined
          : onSql(
              stack,
              'notification',
              (sql) => sql`update notice set next_at = now() where notice_id = ${id} and state = 'UNDER_WAY'`,
            ),
    });
    const again = await author.send(key);
    await untilSettled(stack, id, guardians);
    return [
      ...(again === id ? [] : ['S-22: the same key has sent another broadcast']),
      ...(await lookAtTables(stack, id, guardians)),
      ...(await lookAtSink(stack, people, gone)),
    ];
  } finally {
    await faults.clear();
  }
}

/** One in four has taken the site off their device, which nobody knows until it is tried: they are told by mail. */
async function loseDevices(
  { urls }: Stack,
  people: readonly Reached[],
  chance: Dice,
): Promise<ReadonlySet<string>> {
  const gone = people.filter(({ way }) => way === 'PUSH' && chance.chance(0.25));
  for (const { to } of gone)
    await fetch(`${urls['sink']}/control/push-subscriptions/${to}`, { method: 'DELETE' });
  return new Set(gone.map(({ personId }) => personId));
}

/** Whoever takes something takes its time over it, so that much is under way whenever something dies; and mail is down at first. */
async function armFaults({ urls }: Stack) {
  const control = `${urls['sink']}/control/faults`;
  const ids: string[] = [];
  for (const wish of [
    { kind: 'slow', ms: 60, times: null },
    { kind: 'latency', ms: 100, times: null, rate: 0.5, endpoint: 'orders' },
    { kind: 'latency', ms: 100, times: null, rate: 0.5, endpoint: 'push' },
    { kind: 'error', status: 503, times: 10, endpoint: 'push' },
    { kind: 'refuse', times: 12 },
    { kind: 'cut', times: 3 },
  ]) {
    const answer = await fetch(control, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
    if (!answer.ok) throw new Error(`the sink takes no fault: ${answer.status}`);
    ids.push(((await answer.json()) as { id: string }).id);
  }
  return {
    clear: async () => {
      for (const id of ids) await fetch(`${control}?id=${id}`, { method: 'DELETE' });
    },
  };
}

async function untilSettled(stack: Stack, id: string, guardians: number): Promise<void> {
  for (const end = Date.now() + settlesWithinMs; Date.now() < end; await sleep(100)) {
    const done = await onSql(stack, 'notification', async (sql) => {
      // A way that was away is tried again after a while, and what was in the hands of the dead is taken up: both pass.
      await sql`update notice set next_at = now() where notice_id = ${id} and state = 'WAITING' and reason = 'AGAIN'`;
      const [row] = await sql<[{ count: number }]>`
        select count(*)::int as count from notice where notice_id = ${id} and state = 'DONE'`;
      return row.count;
    }).catch(() => 0);
    if (done >= guardians) return;
  }
}

/** Nobody lost on the way through the tables, and nobody there twice (S-20, S-21). */
async function lookAtTables(stack: Stack, id: string, guardians: number): Promise<readonly string[]> {
  const counts = {
    ...(await onSql(stack, 'messaging', async (sql) => {
      const [row] = await sql`
        select (select count(*)::int from broadcast_recipient where broadcast_id = ${id}) as recipients,
          (select count(*)::int from outbox o, jsonb_array_elements(o.data->'recipients')
            where o.type = 'messaging.notice.due.v1' and o.subject = ${id}) as told,
          (select count(distinct r->>'personId')::int from outbox o, jsonb_array_elements(o.data->'recipients') as r
            where o.type = 'messaging.notice.due.v1' and o.subject = ${id}) as "told once"`;
      return row as Record<string, number>;
    })),
    ...(await onSql(stack, 'notification', async (sql) => {
      const [row] = await sql`
        select (select count(*)::int from notice where notice_id = ${id}) as notices,
          (select count(*)::int from notice where notice_id = ${id} and state = 'DONE' and reason = 'TOLD') as "notices told",
          (select count(distinct person_id)::int from delivery where notice_id = ${id} and state in ('ACCEPTED', 'DELIVERED'))
            as "with a proof",
          (select count(*)::int from delivery where notice_id = ${id} and state in ('ACCEPTED', 'DELIVERED')) as proofs`;
      return row as Record<string, number>;
    })),
  };
  return Object.entries(counts)
    .filter(([, count]) => count !== guardians)
    .map(([what, count]) => `S-21: ${what}: ${count} of ${guardians}`);
}

interface Taken {
  readonly channel: string;
  readonly to: string;
  readonly key: string;
}

/** Everybody has it by one way and under one name; by text message once on the wire too (decision 0030). */
async function lookAtSink(
  { urls }: Stack,
  people: readonly Reached[],
  gone: ReadonlySet<string>,
): Promise<readonly string[]> {
  const taken = (await (await fetch(`${urls['sink']}/control/taken?limit=100000`)).json()) as Taken[];
  const at = Map.groupBy(taken, ({ to }) => to);
  return people.flatMap(({ personId, way, to }) => {
    const all = [
      ...(way === 'PUSH' ? (at.get(`${personId}@example.test`) ?? []) : []),
      ...(at.get(to) ?? []),
    ];
    const names = new Set(all.map(({ channel, key }) => `${channel} ${key}`));
    const wanted = gone.has(personId) ? 'EMAIL' : way;
    if (names.size !== 1) return [`S-21: ${personId} was told ${names.size} times`];
    if (all[0]!.channel !== wanted)
      return [`S-21: ${personId} was told by ${all[0]!.channel} and not ${wanted}`];
    return way === 'SMS' && all.length !== 1 ? [`S-21: ${personId} got ${all.length} text messages`] : [];
  });
}
