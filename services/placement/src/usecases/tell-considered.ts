import type { Tx } from '@ranselpost/kit/database';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { childConsideredV1 } from '@ranselpost/schema/events/placement/child-considered.v1';
import * as considered from '../store/considered-children.ts';
import type { Deps } from './deps.ts';

const batch = 500;
const againAfterMs = 7 * 24 * 3_600_000;

type Considering = Pick<Deps, 'db' | 'now'>;

/**
 * Tells identity of which children admission has something open or a place, where that is another than was told last (RET-09). The database notes of
 * whom something has changed, and here it is worked out what that is. Answers whether there may be more.
 */
export const tellConsidered = ({ db, now }: Considering, most = batch): Promise<boolean> =>
  db.asService(async (tx) => {
    const { childIds, isMore } = await considered.take(tx, most);
    const news = await considered.takeNews(tx, childIds, { now: now(), before: longAgo(now()) });
    await tellAll(
      tx,
      news.map((child) => fact(childConsideredV1, child)),
    );
    return isMore;
  });

/**
 * Has everybody looked at once: places begin and end with a day, which nothing notes. What was told a week ago is told again: whoever lost a word has
 * it then, and whoever hears of a child no more knows by that.
 */
export const lookThroughConsidered = ({ db, now }: Considering): Promise<void> =>
  db.asService((tx) => considered.takeLater(tx, longAgo(now())));

/** What this database has told since the day that it was restored to is known to others and not to it: all is told anew (S-27). */
export const considerAnew = (tx: Tx): Promise<void> => considered.takeAll(tx);

const longAgo = (now: Date): Date => new Date(now.getTime() - againAfterMs);
