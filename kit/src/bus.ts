import {
  AckPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { type MsgHdrs, type NatsConnection, connect, headers } from '@nats-io/transport-node';
import type { Log } from './log.ts';

/** The event bus, as one service sees it. Connects in the background and comes back by itself, for as long as it takes. */
export interface Bus {
  readonly connection: NatsConnection;
  readonly stream: JetStreamClient;
  manager(): Promise<JetStreamManager>;
  /** Calls `changed` after each time the connection was lost and has come back. */
  onReconnect(changed: () => void): void;
  /** Fails when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StreamPlan {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxAgeHours: number;
}

const aboutHeader = 'Ranselpost-About';
/**
 * Headers that say beside an envelope whom or what it is about: its `subject`. Where the envelope cannot be read, they still
 * say who must not be answered from what was known before it.
 */
export function headersAbout(subject: string): MsgHdrs {
  const made = headers();
  made.set(aboutHeader, subject);
  return made;
}

/** Whom or what a message is about by its headers; null where they do not say. */
export const aboutOf = (said: MsgHdrs | undefined): string | null => said?.get(aboutHeader) || null;

/** Connects to NATS by URL, with user and password in it. Waits for a server that is not there yet. */
export async function connectBus(url: string, name: string, log: Log): Promise<Bus> {
  const { username, password, host } = new URL(url);
  const connection = await connect({
    servers: host,
    name,
    ...(username === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 5_000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
  });
  const watchers: (() => void)[] = [];
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') log.warn('the bus is away');
      if (status.type === 'reconnect') {
        log.info('the bus is back');
        for (const watcher of watchers) watcher();
      }
    }
  })();
  const manager = () => jetstreamManager(connection, { timeout: 2_000, checkAPI: false });
  return {
    connection,
    stream: jetstream(connection, { timeout: 2_000 }),
    manager,
    onReconnect: (changed) => void watchers.push(changed),
    ping: async () => void (await connection.rtt()),
    close: () => connection.drain(),
  };
}

/** Makes a service's own stream where it is missing, gives it what it lacks of subjects, and answers what the server says of it. */
export async function ensureStream(manager: JetStreamManager, plan: StreamPlan): Promise<StreamInfo> {
  const config = {
    subjects: [...plan.subjects],
    max_age: plan.maxAgeHours * 3600 * 1e9,
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    duplicate_window: 120 * 1e9,
  };
  try {
    const known = await manager.streams.info(plan.name);
    // A newer version tells of more than the one that made the stream.
    return plan.subjects.every((subject) => known.config.subjects.includes(subject))
      ? known
      : await manager.streams.update(plan.name, { ...known.config, subjects: config.subjects });
  } catch (error) {
    if (!isMissing(error)) throw error;
    return manager.streams.add({ name: plan.name, ...config });
  }
}

/**
 * Makes a durable consumer of a stream where it is missing: everything from the beginning, each event acknowledged.
 * What it has handed out and nobody acknowledged would come again only after its time is up, behind newer events: it is
 * taken back by making the consumer anew right after the last acknowledged one. Answers the consumer's own sequence
 * number of what comes next.
 */
export async function resumeConsumer(
  manager: JetStreamManager,
  stream: string,
  durable: string,
): Promise<number> {
  const config = {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    ack_wait: 30 * 1e9,
    max_ack_pending: 1_000,
  };
  try {
    const { delivered, ack_floor: acknowledged } = await manager.consumers.info(stream, durable);
    if (delivered.stream_seq === acknowledged.stream_seq) return delivered.consumer_seq + 1;
    await manager.consumers.delete(stream, durable);
    await manager.consumers.add(stream, {
      ...config,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: acknowledged.stream_seq + 1,
    });
  } catch (error) {
    if (!isMissing(error)) throw error;
    await manager.consumers.add(stream, { ...config, deliver_policy: DeliverPolicy.All });
  }
  return 1;
}

const isMissing = (error: unknown): boolean => error instanceof Error && /not found/i.test(error.message);
