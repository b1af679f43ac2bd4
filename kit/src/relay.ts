import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { headersAbout } from './bus.ts';
import type { Database } from './database.ts';
import { holdLease } from './lease.ts';
import { type StreamOptions, meetStream } from './meet-stream.ts';
import { outboxLag } from './metrics.ts';
import type { Envelope } from '@ranselpost/schema/events/event';

export interface RelayOptions extends StreamOptions {
  /** Called each `everyMs` when all that was committed at `asOf` has been published up to `position`. */
  readonly onDrained?: {
    readonly everyMs: number;
    readonly call: (position: number, asOf: Date) => Promise<void> | void;
  };
}

type OutboxRow = {
  id: string;
  event_id: string;
  type: string;
  subject: string;
  data: unknown;
  occurred_at: string;
  traceparent: string | null;
  seq: string;
} & Record<string, unknown>;

const batchSize = 500;
const sweepMs = 1_000;
const keptDays = 30;

/**
 * Publishes what the outbox holds, in the order of its commit, from one replica at a time. Wakes when a transaction
 * commits and sweeps on a timer, so that nothing waits for a notification that was lost. Each event is published under
 * its own id and only right after the one before it: the stream has the order of the outbox, and repeats are dropped.
 * A stream that is younger or shorter than what it was told is told again (S-21); above a stream that has heard more than
 * the outbox remembers, numbering goes on (S-27).
 */
export function startRelay(options: RelayOptions): { stop(): Promise<void> } {
  const { db, bus, log } = options;
  let wake = Promise.withResolvers<void>();
  const awaken = () => wake.resolve();
  const listening = db
    .listen('outbox', awaken)
    .catch((error: unknown) => log.warn('cannot listen to the outbox', { error }));
  let isStreamKnown = false;
  bus.onReconnect(() => {
    isStreamKnown = false;
    awaken();
  });

  const lease = holdLease({ databaseUrl: db.url, name: 'relay', log }, async (signal) => {
    isStreamKnown = false;
    let last = 0;
    let drainedAt = 0;
    let swept = 0;
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      try {
        if (!isStreamKnown || Date.now() - swept > 10_000) {
          last = await meetStream(options);
          isStreamKnown = true;
          swept = Date.now();
          await forgetOld(db);
        }
        const { rows, asOf, position } = await takeBatch(db);
        if (rows.length > 0) {
          last = await publish(options, rows, last);
          continue;
        }
        if (options.onDrained !== undefined && Date.now() - drainedAt >= options.onDrained.everyMs) {
          drainedAt = Date.now();
          outboxLag.set(0);
          await options.onDrained.call(position, asOf);
        }
      } catch (error) {
        if (signal.aborted) return;
        isStreamKnown = false;
        log.warn('the relay has to try again', { error });
        await reportLag(db);
        await sleep(500, undefined, { signal }).catch(() => {});
      }
      const patience = Math.min(sweepMs, options.onDrained?.everyMs ?? sweepMs);
      await Promise.race([wake.promise, sleep(patience, undefined, { signal })]).catch(() => {});
    }
  });
  return {
    stop: async () => {
      await listening;
      await lease.stop();
    },
  };
}

/** Gives unpublished events their place in the order of telling and answers the next of them. */
async function takeBatch(db: Database): Promise<{ rows: OutboxRow[]; asOf: Date; position: number }> {
  return db.asService(async (tx) => {
    // `now()` is the start of the transaction: whatever had been committed by then is seen by what follows.
    const [clock] = await tx.execute<{ at: string; seq: string }>(sql`
      select now() as at, seq from outbox_position for update`);
    await tx.execute(sql`
      with next as (
        select id, row_number() over (order by id) as place from outbox
        where seq is null and published_at is null order by id limit ${batchSize}),
      numbered as (
        update outbox set seq = ${clock!.seq}::bigint + next.place from next where outbox.id = next.id returning outbox.seq)
      update outbox_position set seq = greatest(seq, (select max(seq) from numbered))
      where exists (select from numbered)`);
    const rows = await tx.execute<OutboxRow>(sql`
      select id, event_id, type, subject, data, occurred_at, traceparent, seq from outbox
      where published_at is null and seq is not null order by seq limit ${batchSize}`);
    return { rows: [...rows], asOf: new Date(clock!.at), position: Number(clock!.seq) };
  });
}

async function publish(
  { db, bus, plan }: RelayOptions,
  rows: readonly OutboxRow[],
  last: number,
): Promise<number> {
  const acks = rows.map((row, index) => {
    const envelope: Envelope = {
      specversion: '1.0',
      id: row.event_id,
      type: row.type,
      source: plan.name,
      subject: row.subject,
      time: new Date(row.occurred_at).toISOString(),
      datacontenttype: 'application/json',
      seq: Number(row.seq),
      ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
      data: row.data,
    };
    return bus.stream.publish(row.type, JSON.stringify(envelope), {
      ...{ msgID: row.event_id, headers: headersAbout(row.subject) },
      expect: { streamName: plan.name, lastSequence: last + index },
    });
  });
  const settled = await Promise.allSettled(acks);
  const done: { id: string; at: number }[] = [];
  let newest = last;
  for (const [index, ack] of settled.entries()) {
    if (ack.status === 'rejected') break;
    done.push({ id: rows[index]!.id, at: ack.value.seq });
    newest = Math.max(newest, ack.value.seq);
  }
  await db.asService(async (tx) => {
    await tx.execute(sql`
      update outbox set published_at = now(), stream_sequence = (row->>'at')::bigint
      from jsonb_array_elements(${JSON.stringify(done)}::jsonb) as row where id = (row->>'id')::bigint`);
    await tx.execute(sql`update outbox_position set stream_sequence = greatest(stream_sequence, ${newest})`);
  });
  const failed = settled.find((ack) => ack.status === 'rejected');
  if (failed === undefined) return newest;
  if (done.length === 0) throw failed.reason;
  // Some went through, perhaps as repeats of what had been told before a crash: the stream's end is elsewhere than thought.
  return (await (await bus.manager()).streams.info(plan.name)).state.last_seq;
}

async function forgetOld(db: Database): Promise<void> {
  await db.asService(async (tx) => {
    // The last of all stays: the end of the stream is known again by it.
    await tx.execute(sql`
      delete from outbox where published_at < now() - ${keptDays} * interval '1 day'
      and seq < (select max(seq) from outbox where published_at is not null)`);
    await tx.execute(sql`delete from inbox where heard_at < now() - ${2 * keptDays} * interval '1 day'`);
  });
}

async function reportLag(db: Database): Promise<void> {
  await db
    .asService(async (tx) => {
      const [oldest] = await tx.execute<{ seconds: number }>(sql`
        select coalesce(extract(epoch from now() - min(occurred_at)), 0)::float8 as seconds
        from outbox where published_at is null`);
      outboxLag.set(oldest?.seconds ?? 0);
    })
    .catch(() => {});
}
