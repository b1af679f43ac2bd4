import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, isPassing } from './database.ts';
import { accessDenied } from './metrics.ts';

/**
 * How a subgraph keeps that nothing is written by somebody who has seen more of identity than the service has heard: a block,
 * say, that whoever reads here by an older copy would be spared (S-05). Where staff have been, identity says on its answer
 * (`say`), the gateway keeps with the session, and the actor token brings back; a change waits until it is there (`await`).
 */
export interface Seeing {
  readonly say?: () => Promise<string | null>;
  /** True once all that had been seen at `seen` counts here; false when that takes too long. */
  readonly await: (seen: string) => Promise<boolean>;
}

/** The header of an answer that says up to where whoever is answered has seen identity, as an instant of its own clock. */
export const seenHeader = 'ranselpost-seen';

/** Two heartbeats, and less than a change may take: then the writer is told to try again. */
const patienceMs = 4_000;
const lookEveryMs = 25;

/**
 * For identity alone, which sees what it tells. All that somebody can have been answered is published at the instant that it
 * says, or was committed before: a heartbeat that is as fresh covers it. Null when it has never told anything.
 */
export const seesItself = (db: Database): Seeing => ({
  say: () =>
    db.asService(async (tx) => {
      const [row] = await tx.execute<{ seen: string | null }>(sql`
        select to_char(case when exists (select from outbox where published_at is null) then clock_timestamp()
            else (select published_at from outbox where seq is not null order by seq desc limit 1) end
          at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as seen`);
      return row?.seen ?? null;
    }),
  await: async () => true,
});

/** For every service with an access copy. */
export const seesByCopy = (db: Database, patience = patienceMs): Seeing => ({
  await: async (seen) => {
    const until = performance.now() + patience;
    while (!(await hasHeard(db, seen))) {
      if (performance.now() > until) {
        accessDenied.inc({ rule: 'S-05' });
        return false;
      }
      await sleep(lookEveryMs);
    }
    return true;
  },
});

async function hasHeard(db: Database, seen: string): Promise<boolean> {
  try {
    return await db.asService(async (tx) => {
      const [row] = await tx.execute(sql`
        select from access.copy_state where is_whole and as_of >= ${seen}::timestamptz`);
      return row !== undefined;
    });
  } catch (error) {
    if (isPassing(error)) return false;
    throw error;
  }
}
