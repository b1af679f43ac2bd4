import type { JsMsg } from '@nats-io/jetstream';
import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, aboutOf, resumeConsumer } from './bus.ts';
import { type Database, type Tx, isPassing } from './database.ts';
import { idFor, newId } from './ids.ts';
import { holdLease } from './lease.ts';
import { type Log, describeCause } from './log.ts';
import { consumerEvents } from './metrics.ts';
import { AppError } from './pure/errors.ts';
import {
  type DataOf,
  type Envelope,
  type EventContract,
  envelopeSchema,
} from '@ranselpost/schema/events/event';

/** What a service does about one kind of fact. `tx` is the transaction that also records that the event was heard. */
export interface Handler {
  readonly contract: EventContract;
  readonly handle: (tx: Tx, data: never, envelope: Envelope) => Promise<void>;
  /** Does the work of several that came in a row, with few statements for all of them. */
  readonly handleTogether?: (tx: Tx, heard: readonly Heard<never>[]) => Promise<void>;
}

/** A fact that was heard, with its envelope. */
export interface Heard<Data> {
  readonly data: Data;
  readonly envelope: Envelope;
}

/** What a message says around its envelope. */
export interface DeadMessage {
  readonly type: string;
  /** Whom or what it is about; null where it does not say. */
  readonly about: string | null;
}

/** Ties a contract to what is done about it, so that the data has the contract's type. */
export const on = <Contract extends EventContract>(
  contract: Contract,
  handle: (tx: Tx, data: DataOf<Contract>, envelope: Envelope) => Promise<void>,
): Handler => ({ contract, handle });

/**
 * As `on`, for facts that come in floods: what came in a row is handed over together, in order. When that fails, each
 * is handed over alone, so that one bad event stands alone.
 */
export const onTogether = <Contract extends EventContract>(
  contract: Contract,
  handle: (tx: Tx, heard: readonly Heard<DataOf<Contract>>[]) => Promise<void>,
): Handler => ({
  contract,
  handle: (tx, data, envelope) => handle(tx, [{ data, envelope }]),
  handleTogether: handle,
});

export interface ConsumeOptions {
  readonly db: Database;
  readonly bus: Bus;
  readonly log: Log;
  /** The stream listened to: the name of the service that tells. */
  readonly stream: string;
  /** The listener's name: `<service>-<what for>`. Its place in the stream is kept under it. */
  readonly consumer: string;
  readonly handlers: readonly Handler[];
  /**
   * Called in the transaction of every event of the stream, also of those that nobody handles, before they are handled.
   * Answers those that shall be. May throw for a batch that it can only judge event by event.
   */
  readonly admit?: (tx: Tx, envelopes: readonly Envelope[]) => Promise<readonly Envelope[]>;
  /**
   * Called in the transaction that puts an event aside. The envelope is null when it could not be read; what the message
   * says of itself is there in any case.
   */
  readonly onDead?: (tx: Tx, envelope: Envelope | null, said: DeadMessage) => Promise<void>;
  /**
   * Called for a dead letter that shall be tried again, where its old word must not be taken in as if it were news. Answers
   * true when it has seen to it in another way; otherwise the event is handled.
   */
  readonly onReplay?: (tx: Tx, envelope: Envelope) => Promise<boolean>;
}

const batchSize = 200;
const retriesMs = [50, 250, 1_000, 3_000];

/**
 * Takes in a stream in order, one replica at a time. The id of an event is recorded in the transaction that does its
 * work, so it takes effect once however often it comes (S-21). An event that keeps failing is put aside as a dead letter
 * with its cause and blocks nothing else (S-24); while the database is away nothing is put aside, only waited for.
 */
export function consume(options: ConsumeOptions): { stop(): Promise<void> } {
  const { db, bus, log, consumer, stream } = options;
  let connection = new AbortController();
  bus.onReconnect(() => {
    connection.abort();
    connection = new AbortController();
  });
  const lease = holdLease({ databaseUrl: db.url, name: `consumer:${consumer}`, log }, async (signal) => {
    while (!signal.aborted) {
      try {
        const lost = connection.signal;
        const next = await resumeConsumer(await bus.manager(), stream, consumer);
        await follow(options, next, signal, lost);
      } catch (error) {
        if (signal.aborted) return;
        log.warn('a consumer has to try again', { consumer, error });
        await sleep(500, undefined, { signal }).catch(() => {});
      }
    }
  });
  return lease;
}

/**
 * Takes in what comes, for as long as it comes without a gap and on one connection: what was lost on the wire must not
 * be overtaken, nor waited for until its time is up.
 */
async function follow(
  options: ConsumeOptions,
  first: number,
  signal: AbortSignal,
  lost: AbortSignal,
): Promise<void> {
  const { bus, stream, consumer } = options;
  const messages = await (
    await bus.stream.consumers.get(stream, consumer)
  ).consume({ max_messages: 2 * batchSize, expires: 5_000, idle_heartbeat: 1_000 });
  const ended = AbortSignal.any([signal, lost]);
  ended.addEventListener('abort', () => messages.stop(), { once: true });
  if (ended.aborted) messages.stop();
  void (async () => {
    for await (const status of messages.status()) {
      if (
        status.type === 'consumer_not_found' ||
        status.type === 'stream_not_found' ||
        status.type === 'consumer_deleted'
      )
        messages.stop(new Error(status.type));
    }
  })();
  const replay = setInterval(() => void replayDead(options).catch(() => {}), 5_000);
  const waiting: JsMsg[] = [];
  let working: Promise<void> | undefined;
  let failure: unknown;
  const work = async (): Promise<void> => {
    try {
      while (waiting.length > 0 && !signal.aborted)
        await takeIn(options, waiting.splice(0, batchSize), signal);
    } catch (error) {
      failure = error;
      messages.stop();
    } finally {
      working = undefined;
    }
  };
  let expected = first;
  try {
    for await (const message of messages) {
      if (message.info.deliverySequence !== expected) break;
      expected += 1;
      waiting.push(message);
      working ??= work();
    }
    await working;
    if (failure !== undefined) throw failure;
  } finally {
    clearInterval(replay);
    messages.stop();
  }
}

/** Takes in a batch with one transaction; when that fails, event by event, so that one bad event stands alone. */
async function takeIn(options: ConsumeOptions, batch: readonly JsMsg[], signal: AbortSignal): Promise<void> {
  try {
    await options.db.asService(async (tx) => {
      await handleAll(options, tx, batch.map(read));
    });
    for (const message of batch) message.ack();
    return;
  } catch (error) {
    if (batch.length === 1 || isPassing(error))
      options.log.warn('a batch failed', { consumer: options.consumer, error });
  }
  for (const message of batch) {
    await takeInStubbornly(options, message, signal);
    if (signal.aborted) return;
    message.ack();
  }
}

async function takeInStubbornly(options: ConsumeOptions, message: JsMsg, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted;) {
    try {
      await options.db.asService((tx) => handleAll(options, tx, [read(message)]));
      return;
    } catch (error) {
      const passing = isPassing(error);
      if (!passing && (error instanceof Unreadable || attempt >= retriesMs.length)) {
        await putAside(options, message, error);
        return;
      }
      message.working();
      await sleep(passing ? 1_000 : retriesMs[attempt], undefined, { signal }).catch(() => {});
      if (!passing) attempt += 1;
    }
  }
}

/** An event that no number of attempts makes readable. */
class Unreadable extends AppError {}

function read(message: JsMsg): Envelope {
  try {
    return envelopeSchema.parse(message.json());
  } catch (cause) {
    throw new Unreadable('INTERNAL', 'not an envelope', { cause });
  }
}

/** Records that events were heard and handles those that had not been. */
async function handleAll(options: ConsumeOptions, tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  const { consumer, admit } = options;
  const ids = envelopes.map(({ id }) => id);
  const heard = await tx.execute<{ event_id: string }>(sql`
    insert into inbox (consumer, event_id)
    select ${consumer}, id::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as id
    on conflict do nothing returning event_id`);
  const unheard = new Set(heard.map(({ event_id }) => event_id));
  const fresh = envelopes.filter(({ id }) => unheard.delete(id));
  const admitted = admit === undefined || fresh.length === 0 ? fresh : await admit(tx, fresh);
  consumerEvents.inc({ consumer, outcome: 'repeated' }, envelopes.length - admitted.length);
  for (let at = 0; at < admitted.length;) {
    const { type } = admitted[at]!;
    const handler = options.handlers.find(({ contract }) => contract.type === type);
    const other = admitted.findIndex((envelope, place) => place > at && envelope.type !== type);
    const end = handler?.handleTogether === undefined ? at + 1 : other === -1 ? admitted.length : other;
    const row = admitted.slice(at, end);
    if (row.length === 1) await handleOne(options, tx, row[0]!);
    else {
      await handler?.handleTogether?.(
        tx,
        row.map((envelope) => ({ data: readData(handler, envelope), envelope })),
      );
      consumerEvents.inc({ consumer, outcome: 'handled' }, row.length);
    }
    at = end;
  }
}

function readData({ contract }: Handler, envelope: Envelope): never {
  const data = contract.data.safeParse(envelope.data);
  if (!data.success)
    throw new Unreadable('INTERNAL', `not what ${envelope.type} promises`, { cause: data.error });
  // `on` has paired the contract with its handler; in a list of many pairs the compiler has lost which is whose.
  return data.data as never;
}

async function handleOne({ consumer, handlers }: ConsumeOptions, tx: Tx, envelope: Envelope): Promise<void> {
  const handler = handlers.find(({ contract }) => contract.type === envelope.type);
  if (handler === undefined) {
    if (handlers.some(({ contract }) => withoutVersion(contract.type) === withoutVersion(envelope.type)))
      throw new Unreadable('INTERNAL', `no handler for this version: ${envelope.type}`);
    return count(consumer, 'not for us');
  }
  await handler.handle(tx, readData(handler, envelope), envelope);
  count(consumer, 'handled');
}

/** What an event is known by of which not even the id can be read: where and when the stream took it. */
const placeOf = ({ stream }: ConsumeOptions, { info }: JsMsg): string =>
  idFor(`${stream} ${info.streamSequence} ${info.timestampNanos}`);

async function putAside(options: ConsumeOptions, message: JsMsg, cause: unknown): Promise<void> {
  const { db, log, consumer, onDead } = options;
  let envelope: Envelope | null = null;
  try {
    envelope = read(message);
  } catch {
    log.error('an event cannot be read', { consumer, stream: options.stream });
  }
  const isNew = await db.asService(async (tx) => {
    const heard = await tx.execute(sql`
      insert into inbox (consumer, event_id) values (${consumer}, ${envelope?.id ?? placeOf(options, message)})
      on conflict do nothing returning event_id`);
    if (heard.length === 0) return false;
    await tx.execute(sql`
      insert into dead_letter (id, consumer, event_id, type, cause, envelope)
      values (${newId()}, ${consumer}, ${envelope?.id ?? null}, ${envelope?.type ?? message.subject},
              ${describeCause(cause)}, ${envelope === null ? null : JSON.stringify(envelope)}::jsonb)`);
    await onDead?.(tx, envelope, {
      type: message.subject,
      about: aboutOf(message.headers),
    });
    return true;
  });
  if (!isNew) return count(consumer, 'repeated');
  log.error('an event was put aside as a dead letter', {
    consumer,
    ...(envelope === null ? {} : { eventId: envelope.id, eventType: envelope.type }),
    error: cause,
  });
  count(consumer, 'dead');
}

/** Tries again what somebody asked to have tried again. What fails once more stays where it is, with the new cause. */
async function replayDead(options: ConsumeOptions): Promise<void> {
  const { db, consumer, log } = options;
  const asked = await db.asService((tx) =>
    tx.execute<{ id: string; envelope: unknown }>(sql`
      select id, envelope from dead_letter
      where consumer = ${consumer} and replay_requested_at is not null and replayed_at is null and envelope is not null
      order by dead_at limit 50`),
  );
  for (const { id, envelope } of asked) {
    try {
      await db.asService(async (tx) => {
        const old = envelopeSchema.parse(envelope);
        if ((await options.onReplay?.(tx, old)) !== true) await handleOne(options, tx, old);
        await tx.execute(sql`update dead_letter set replayed_at = now() where id = ${id}`);
      });
      log.info('a dead letter was taken in', { consumer, eventId: id });
    } catch (error) {
      await db.asService((tx) =>
        tx.execute(
          sql`update dead_letter set replay_requested_at = null, cause = ${describeCause(error)} where id = ${id}`,
        ),
      );
    }
  }
}

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');

const count = (consumer: string, outcome: string): void => consumerEvents.inc({ consumer, outcome });
