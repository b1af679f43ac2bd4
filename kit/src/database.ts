import { sql } from 'drizzle-orm';
import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import {
  type Answer,
  type ChildRead,
  type StaffRead,
  isLogged,
  openAnswer,
  tellReads,
  toStaffReads,
} from './answer.ts';
import { within } from './deadline.ts';
import { accessDenied } from './metrics.ts';
import type { Actor } from './pure/actor.ts';
import { AppError } from './pure/errors.ts';
import { type Reading, openReading } from './reading.ts';

/** An open transaction. Everything that reads or writes rows takes one; there is no way to a table without. */
export type Tx = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0];

export interface Database {
  /**
   * Runs `work` in a transaction that states who asks. Row-level security shows it the rows that this actor has a ground
   * for and no others, so a query that forgot its `where` answers nothing (S-12). Fails with `UNAVAILABLE` when the
   * service's knowledge of access is older than allowed (S-04), for guardians when the population register has been away
   * for too long (GUA-01), or when the database does not answer in time. What staff are told of children is kept in the
   * same transaction: it commits before they are told, or they are not (S-11).
   */
  asActor<Value>(actor: Actor, work: (tx: Tx) => Promise<Answer<Value>>): Promise<Value>;
  /**
   * Decides for a person, in one transaction and two steps. `look` sees what the actor has a ground for and nothing else, as
   * in `asActor`, and fails where the actor may not; `act` goes on with what was found as the service itself, for what no
   * request may touch, and answers as a request does. Who decides stays stated in the database throughout. What no request waits
   * for, and somebody has asked for before, may take longer: `withinMs`.
   */
  decide<Found, Value>(
    actor: Actor,
    look: (tx: Tx) => Promise<Found>,
    act: (tx: Tx, found: Found) => Promise<Answer<Value>>,
    withinMs?: number,
  ): Promise<Value>;
  /** One request's way to here: what a query asks through it goes into one transaction that cannot change anything of its own. */
  reading(actor: Actor): Reading;
  /** Runs `work` in a transaction of the service's own: for events, timers and the relay, never to answer a person. */
  asService<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>;
  /** Calls `heard` for each notification on a channel, and once whenever listening (re)starts. */
  listen(channel: string, heard: () => void): Promise<void>;
  /** Fails when the database does not answer. */
  ping(): Promise<void>;
  readonly url: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Name of the service: its roles are `<service>_request` and `<service>_worker`. */
  readonly service: string;
  readonly url: string;
  /** Seconds that an access copy may be old; services without one leave it out. */
  readonly maxStaleness?: number;
  readonly connections?: number;
  /** How what staff have read of children is kept: told for the access log, unless the service keeps the log itself. */
  readonly keepReads?: (tx: Tx, read: StaffRead) => Promise<void>;
}

const requestMs = 5_000;
const serviceMs = 60_000;
/** How long what has more time than a request waits for a lock. */
const patientMs = 30_000;

/**
 * Opens the database of one service. The login role itself may touch nothing: each transaction takes on the role for
 * requests or the one for the service's own work, and drops it at its end.
 */
export function openDatabase({
  service,
  url,
  maxStaleness = 60,
  connections = 10,
  keepReads = tellReads(service),
}: DatabaseOptions): Database {
  const client = postgres(url, {
    max: connections,
    idle_timeout: 60,
    connect_timeout: 5,
    // Seconds until the next attempt. The client's own count goes up for all connections together, and soon means twenty.
    backoff: () => 0.2 + Math.random() * 0.3,
    onnotice: () => {},
    connection: {
      application_name: service,
      statement_timeout: 2_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
  const db = drizzle(keepingStatements(client));
  // A query is answered of one state. It writes nothing but what staff are told by it (S-11).
  const looking = drizzle(keepingStatements(client, 'isolation level repeatable read read only'));
  const noting = drizzle(keepingStatements(client, 'isolation level repeatable read'));
  const request = `${service}_request`;
  const worker = `${service}_worker`;

  const enter = async (tx: Tx, actor: Actor): Promise<void> => {
    const person = 'personId' in actor ? actor.personId : null;
    // Row-level security compares with what is settled here and never with a parameter: to plan a request's statement for its
    // values finds no better plan, and costs a guardian more than the rows.
    const maxAge = sql`${maxStaleness} * interval '1 second'`;
    const entering =
      actor.kind === 'tablet'
        ? sql`access.enter_at_tablet(${actor.personId}::uuid, ${actor.unitId}::uuid, ${actor.tabletId}::uuid, ${maxAge})`
        : sql`access.enter(${person}::uuid, ${actor.kind}, ${maxAge})`;
    const [entered] = await tx.execute<{ is_fresh: boolean; is_answered: boolean }>(
      sql`select ${entering} as is_fresh,
                 access.answers_to(${actor.kind}) as is_answered,
                 set_config('role', ${request}, true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
    );
    if (entered?.is_fresh !== true) {
      accessDenied.inc({ rule: 'S-04' });
      throw new AppError('UNAVAILABLE', 'what this service knows of access is too old');
    }
    if (!entered.is_answered) {
      accessDenied.inc({ rule: 'GUA-01' });
      throw new AppError('UNAVAILABLE', 'the population register has been away for too long');
    }
  };
  const keep = async (tx: Tx, actor: Actor, reads: readonly ChildRead[]): Promise<void> => {
    if (isLogged(actor)) for (const read of toStaffReads(actor, reads)) await keepReads(tx, read);
  };
  const answer = async <Value>(tx: Tx, actor: Actor, given: Answer<Value>): Promise<Value> => {
    const { value, reads } = openAnswer(given);
    await keep(tx, actor, reads);
    return value;
  };

  const database: Database = {
    url,
    asActor: (actor, work) =>
      answerable(
        db.transaction(async (tx) => {
          await enter(tx, actor);
          return answer(tx, actor, await work(tx));
        }),
      ),
    decide: (actor, look, act, withinMs = requestMs) =>
      answerable(
        db.transaction(async (tx) => {
          await enter(tx, actor);
          // A decision may have to wait for its turn; the request as a whole has no more time than any other.
          await tx.execute(sql`select set_config('statement_timeout', ${String(withinMs)}, true)`);
          if (withinMs > requestMs)
            await tx.execute(sql`
              select set_config('lock_timeout', ${String(patientMs)}, true),
                set_config('idle_in_transaction_session_timeout', ${String(withinMs)}, true)`);
          const found = await look(tx);
          await tx.execute(sql`select set_config('role', ${worker}, true)`);
          return answer(tx, actor, await act(tx, found));
        }),
        withinMs,
      ),
    reading: (actor) =>
      openReading(database, actor, {
        open: (work) => (isLogged(actor) ? noting : looking).transaction(work),
        enter: (tx) => enter(tx, actor),
        keep: (tx, reads) => keep(tx, actor, reads),
        answerable,
        isAftermath: (error) => hasCode(error, /^25P02$/),
      }),
    asService: (work) =>
      within(
        serviceMs,
        'a transaction of the service',
        db.transaction(async (tx) => {
          await tx.execute(
            sql`select set_config('role', ${worker}, true), set_config('statement_timeout', '30000', true)`,
          );
          return work(tx);
        }),
      ),
    listen: async (channel, heard) => void (await client.listen(channel, heard, heard)),
    ping: async () => void (await within(1000, 'a ping', client`select 1`.execute())),
    close: () => client.end({ timeout: 5 }),
  };
  return database;
}

/**
 * drizzle has every statement parsed, described and planned anew. Ours are few and come again, so each connection keeps
 * them: one trip to the server instead of two, and no planning of row-level security for each row that is read.
 */
function keepingStatements<Client extends postgres.Sql | postgres.TransactionSql>(
  client: Client,
  mode = '',
  isOver = () => false,
): Client {
  return new Proxy(client, {
    get(target, name, receiver) {
      if (name === 'unsafe')
        return (query: string, parameters?: never[]) => {
          // The connection is somebody else's by then.
          if (isOver()) throw new Error('a statement came after the end of its transaction');
          return target.unsafe(query, parameters, { prepare: true });
        };
      if (name === 'begin' || name === 'savepoint')
        // Both are overloaded and differ from client to client; here each is called with the work, and a beginning with its mode.
        return (work: (tx: postgres.TransactionSql) => unknown) =>
          (target as never as Record<string, (...given: unknown[]) => unknown>)[name]!(
            ...(mode === '' ? [] : [mode]),
            async (tx: postgres.TransactionSql) => {
              let hasEnded = false;
              try {
                return await work(keepingStatements(tx, '', () => hasEnded));
              } finally {
                hasEnded = true;
              }
            },
          );
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

/** A database that is away, or too busy to answer in time, is no bug of the request that met it. */
async function answerable<Value>(request: Promise<Value>, withinMs = requestMs): Promise<Value> {
  try {
    return await within(withinMs, 'a request transaction', request);
  } catch (error) {
    if (error instanceof AppError || !(isPassing(error) || hasCode(error, /^(57014|25P0[234])$/)))
      throw error;
    throw new AppError('UNAVAILABLE', 'the database did not answer a request', { cause: error });
  }
}

/** True for a failure of the database's presence, not of what it was asked: worth trying again, for as long as it takes. */
export const isPassing = (error: unknown): boolean =>
  hasCode(
    error,
    /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|UNAVAILABLE$|08|57P0|53|40001|40P01|55P03)/,
  );

/** True when row-level security has refused to store something. */
export const isBarred = (error: unknown): boolean => hasCode(error, /^42501$/);

/** True when an error, or one of those that caused it, has such a code. */
function hasCode(error: unknown, pattern: RegExp): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (pattern.test(String((at as { code?: unknown }).code ?? ''))) return true;
  return false;
}
