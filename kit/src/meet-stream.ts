import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { type Envelope, envelopeSchema } from '@ranselpost/schema/events/event';
import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, type StreamPlan, ensureStream } from './bus.ts';
import type { Database, Tx } from './database.ts';
import type { Log } from './log.ts';

export interface StreamOptions {
  readonly db: Database;
  readonly bus: Bus;
  readonly log: Log;
  readonly plan: StreamPlan;
  /**
   * Called when the database is older than what it has told, as after a restore, before anything more is published.
   * `forgotten` is what the stream has heard since, oldest first; null when the stream does not hold all of that. What it
   * answers is done in the transaction that moves the numbering, so that both have happened or neither has.
   */
  readonly onRestored?: (forgotten: AsyncIterable<Envelope> | null) => Promise<(tx: Tx) => Promise<void>>;
}

/** How a stream ends. `last` is null when there is no event left in it, or none that can be read. */
interface StreamEnd {
  readonly created: string;
  readonly first: number;
  readonly sequence: number;
  readonly last: Pick<Envelope, 'id' | 'seq'> | null;
}

/** The stream against what the outbox remembers of it. */
type Standing =
  | { readonly kind: 'in step' }
  /** It has lost what came after a sequence number of its own. */
  | { readonly kind: 'lost'; readonly after: number }
  /** It has heard what nobody here remembers: up to a place, from a sequence number on where that can be told. */
  | { readonly kind: 'ahead'; readonly upTo: number; readonly from: number | null };

const readAtOnce = 100;
const askAgainMs = 200;

/**
 * Finds the stream, made anew if need be, and answers its last sequence. What it has lost is put up for telling again. When
 * it has heard more than the outbox remembers, the places go on above what it has heard: whoever keeps count sees a gap,
 * and not old places with new events in them (S-04, S-27). May be cut off anywhere and done again.
 */
export async function meetStream(options: StreamOptions): Promise<number> {
  const { db, bus, plan, log } = options;
  const manager = await bus.manager();
  const end = await readEnd(manager, await ensureStream(manager, plan));
  const { standing, count } = await db.asService(async (tx) => {
    const found = await compare(tx, end);
    if (found.kind === 'ahead') return { standing: found, count: 0 };
    const again = found.kind === 'lost' ? await tellAgain(tx, found.after) : 0;
    await remember(tx, end);
    return { standing: found, count: again };
  });
  if (count > 0) log.warn('the stream has lost events; they are told again', { stream: plan.name, count });
  if (standing.kind === 'ahead') await surpass(options, manager, end, standing.from);
  return end.sequence;
}

/**
 * Waits while this database is older than what was told from it: the relay, of whichever replica, sees to that, and nobody
 * is to be answered before (S-27). A stream that does not answer cannot say so and is asked no longer than `patienceMs`.
 */
export async function untilCaughtUp(
  { db, bus, plan, log }: Pick<StreamOptions, 'db' | 'bus' | 'plan' | 'log'>,
  patienceMs = 30_000,
): Promise<void> {
  for (const began = Date.now(); ; await sleep(askAgainMs)) {
    try {
      const manager = await bus.manager();
      const end = await readEnd(manager, await ensureStream(manager, plan));
      const { kind } = await db.asService((tx) => compare(tx, end));
      if (kind !== 'ahead') return;
    } catch (error) {
      if (Date.now() - began < patienceMs) continue;
      log.error('nobody can say whether the database is older than what was told', { error });
      return;
    }
  }
}

/** Moves the places on, above one that others have heard of, with a gap that everybody sees. */
export async function moveAbove(tx: Tx, place: number): Promise<void> {
  await tx.execute(sql`update outbox_position set seq = greatest(seq, ${place}::bigint) + 1`);
}

/** Whether somebody heard an event at a place where nothing has been told here yet, or another event. */
export async function isForgotten(tx: Tx, place: number, eventId: string | null): Promise<boolean> {
  const [row] = await tx.execute<{ is_forgotten: boolean }>(sql`
    select seq < ${place}::bigint or exists (
      select from outbox where outbox.seq = ${place}::bigint and event_id <> ${eventId}::uuid) as is_forgotten
    from outbox_position`);
  return row?.is_forgotten ?? false;
}

async function surpass(
  { db, plan, log, onRestored }: StreamOptions,
  manager: JetStreamManager,
  end: StreamEnd,
  from: number | null,
): Promise<void> {
  const react = await onRestored?.(from === null ? null : eventsOf(manager, plan.name, from, end.sequence));
  const place = await db.asService(async (tx) => {
    const standing = await compare(tx, end);
    if (standing.kind !== 'ahead') return undefined;
    await tx.execute(sql`
      update outbox_position set seq = greatest(seq, ${standing.upTo}::bigint) + 1, surpassed_event_id = ${end.last?.id ?? null}`);
    await remember(tx, end);
    await react?.(tx);
    return standing.upTo;
  });
  if (place !== undefined)
    log.error('the database is older than what it has told; it goes on above that', {
      stream: plan.name,
      position: place,
    });
}

async function readEnd(manager: JetStreamManager, info: StreamInfo): Promise<StreamEnd> {
  const { created, config, state } = info;
  const message =
    state.messages === 0 ? null : await manager.streams.getMessage(config.name, { seq: state.last_seq });
  const last = message === null ? undefined : envelopeSchema.safeParse(readJson(message)).data;
  return {
    created,
    first: state.first_seq,
    sequence: state.last_seq,
    last: last === undefined ? null : { id: last.id, seq: last.seq },
  };
}

/** Compares, and holds the place in the order of telling until the transaction ends. */
async function compare(tx: Tx, { created, first, sequence, last }: StreamEnd): Promise<Standing> {
  const [known] = await tx.execute<{
    is_first: boolean;
    is_same: boolean;
    seq: string;
    stream_sequence: string;
    is_ours: boolean;
  }>(sql`
    select stream_created is null as is_first, coalesce(stream_created = ${created}::timestamptz, false) as is_same, seq,
      stream_sequence, coalesce(surpassed_event_id = ${last?.id ?? null}::uuid, false) or exists (
        select from outbox where event_id = ${last?.id ?? null}::uuid and seq = ${last?.seq ?? null}::bigint) as is_ours
    from outbox_position for update`);
  const { is_first, is_same, is_ours } = known!;
  const told = Number(known!.stream_sequence);
  const goesOn = is_same || is_first;
  if (last === null ? goesOn && sequence > told : !is_ours)
    return {
      kind: 'ahead',
      upTo: last?.seq ?? Number(known!.seq) + sequence - told,
      from: is_same && last !== null && first <= told + 1 && told < sequence ? told + 1 : null,
    };
  if (!goesOn) return { kind: 'lost', after: 0 };
  return told > sequence ? { kind: 'lost', after: sequence } : { kind: 'in step' };
}

async function tellAgain(tx: Tx, after: number): Promise<number> {
  const lost = await tx.execute(sql`
    update outbox set published_at = null, stream_sequence = null
    where published_at is not null and stream_sequence > ${after} returning 1`);
  return lost.length;
}

async function remember(tx: Tx, { created, sequence }: StreamEnd): Promise<void> {
  await tx.execute(sql`
    update outbox_position set stream_created = ${created}::timestamptz, stream_sequence = ${sequence}`);
}

async function* eventsOf(
  manager: JetStreamManager,
  stream: string,
  from: number,
  to: number,
): AsyncGenerator<Envelope> {
  for (let at = from; at <= to; at += readAtOnce) {
    const count = Math.min(readAtOnce, to - at + 1);
    const messages = await Promise.all(
      Array.from({ length: count }, (_none, place) =>
        manager.streams.getMessage(stream, { seq: at + place }),
      ),
    );
    for (const message of messages) {
      const envelope = message === null ? undefined : envelopeSchema.safeParse(readJson(message)).data;
      if (envelope !== undefined) yield envelope;
    }
  }
}

function readJson(message: { json(): unknown }): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
