import { type Answer, type ChildRead, about, isLogged, openAnswer } from './answer.ts';
import type { Database, Tx } from './database.ts';
import type { Actor } from './pure/actor.ts';
import { AppError } from './pure/errors.ts';

/**
 * One request's way to the database. What a query asks of it goes into one transaction, however many fields and loaders ask:
 * who asks is stated once, and all of the answer is of one state. A change opens a transaction each time, as `Database` does.
 */
export interface Reading {
  /** What the use cases of this request work with. */
  readonly db: Database;
  /** Says that the request is a query: from now on it has one transaction, which begins when something is first asked. */
  share(): void;
  /**
   * Ends the transaction, once nothing is under way in it any more, and waits for that no longer than whoever asked has: what never
   * comes holds no answer up. Fails when what staff were told by it could not be kept: then none of it may be answered (S-11).
   * May be called again; nothing begins afterwards.
   */
  end(): Promise<void>;
}

/** How a request's transaction is opened and watched over. */
export interface Opening {
  /** Opens a transaction; it ends with `work`. */
  readonly open: (work: (tx: Tx) => Promise<void>) => Promise<void>;
  /** States the actor in it; fails where they may not be answered. */
  readonly enter: (tx: Tx) => Promise<void>;
  /** Keeps what was read in it. */
  readonly keep: (tx: Tx, reads: readonly ChildRead[]) => Promise<void>;
  /** Gives each that asks as long as it would have alone, and tells apart what failed. */
  readonly answerable: <Value>(request: Promise<Value>) => Promise<Value>;
  /** True for what failed only because something before it in the same transaction had. */
  readonly isAftermath: (error: unknown) => boolean;
}

/** Makes one request's way to the database; until `share` it is the service's own. */
export function openReading(own: Database, actor: Actor, opening: Opening): Reading {
  const { answerable, isAftermath } = opening;
  const told: ChildRead[] = [];
  const underWay = new Set<Promise<unknown>>();
  /** The same for as long as somebody waits for it. */
  const waitedFor = new Set<Promise<unknown>>();
  let isShared = false;
  let hasFailed = false;
  let shared: Shared | undefined;
  let ending: Promise<void> | undefined;

  /** Nothing may be sent on a connection that others have by now: what is under way comes first. */
  const drained = async (): Promise<void> => void (await Promise.allSettled(underWay));
  const fail = (): void => {
    if (hasFailed) return;
    hasFailed = true;
    // Whoever goes on does so alone, and may have to wait for this connection.
    void drained().then(() => shared?.end().catch(() => {}));
  };
  const joined = async <Value>(work: (tx: Tx) => Promise<Answer<Value>>): Promise<Value> => {
    try {
      shared ??= begin(opening);
      const { tx, entered } = await shared.opened;
      // What is asked first goes to the database together with who asks, and is worth nothing until that has been answered.
      const { value, reads } = openAnswer(await onceAlso(entered, work(tx)));
      told.push(...reads);
      return value;
    } catch (error) {
      if (!(error instanceof AppError)) fail();
      throw error;
    }
  };
  const asActor: Database['asActor'] = async (asking, work) => {
    if (isShared && ending !== undefined) throw new AppError('UNAVAILABLE', 'the request has been answered');
    if (!isShared || asking !== actor || hasFailed) return own.asActor(asking, work);
    const request = joined(work);
    underWay.add(request);
    const settled = () => underWay.delete(request);
    request.then(settled, settled);
    const answer = answerable(request);
    waitedFor.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (!isAftermath(error)) throw error;
      return own.asActor(asking, work);
    }
  };
  const finish = async (): Promise<void> => {
    await Promise.allSettled(waitedFor);
    if (underWay.size > 0) fail();
    if (shared === undefined) return;
    if (told.length === 0 || !isLogged(actor)) {
      if (!hasFailed) void shared.end().catch(() => {});
      return;
    }
    if (hasFailed) return own.asActor(actor, async () => about(told, undefined));
    await answerable(shared.end((tx) => opening.keep(tx, told)));
  };
  const refuse = <Value>(work: () => Promise<Value>): Promise<Value> =>
    isShared
      ? Promise.reject(new Error('a query has one transaction, and what it reads in it is all that it does'))
      : work();

  return {
    db: {
      ...own,
      asActor,
      decide: (...given) => refuse(() => own.decide(...given)),
      asService: (work) => refuse(() => own.asService(work)),
    },
    share: () => void (isShared = true),
    end: () => (ending ??= finish()),
  };
}

/** What `answer` is, once both are done; if both fail, what `condition` fails with. */
async function onceAlso<Value>(condition: Promise<void>, answer: Promise<Value>): Promise<Value> {
  await Promise.allSettled([condition, answer]);
  await condition;
  return answer;
}

const ofOneState = new WeakSet<Tx>();

/** True in the transaction of a query: whatever is read in it is the same when it is read again. */
export const isOfOneState = (tx: Tx): boolean => ofOneState.has(tx);

interface Shared {
  readonly opened: Promise<{ readonly tx: Tx; readonly entered: Promise<void> }>;
  /** Ends it, with something to do before; answers how it ended. */
  end(last?: (tx: Tx) => Promise<void>): Promise<void>;
}

function begin({ open, enter }: Opening): Shared {
  const opened = Promise.withResolvers<{ tx: Tx; entered: Promise<void> }>();
  const last = Promise.withResolvers<((tx: Tx) => Promise<void>) | undefined>();
  const ended = open(async (tx) => {
    ofOneState.add(tx);
    const entered = enter(tx);
    opened.resolve({ tx, entered });
    await entered;
    await (
      await last.promise
    )?.(tx);
  });
  ended.catch(opened.reject);
  return {
    opened: opened.promise,
    end: (work) => {
      last.resolve(work);
      return ended;
    },
  };
}
