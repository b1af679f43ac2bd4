import type { Tx } from '@ranselpost/kit/database';
import { isCopyFresh } from '../store/copy.ts';
import * as drafts from '../store/drafts.ts';
import type { TimerDeps } from './deps.ts';

const dayMs = 86_400_000;

/**
 * Takes away drafts that nobody has changed for long (RET-03), and those that their authors have no ground for any more; while
 * rights cannot be checked, not the latter: nobody sees them anyway.
 */
export const dropDrafts = (deps: TimerDeps): Promise<number> =>
  deps.db.asService(async (tx) =>
    drafts.drop(tx, {
      unchangedSince: new Date(deps.now().getTime() - deps.draftDays * dayMs),
      knowsGrounds: await isCopyFresh(tx, deps.maxStaleness),
    }),
  );

/** Lets go of what staff had prepared about somebody who is protected from now on, and of what was to be sent of them (ADR-12). */
export const purgeDrafts = (tx: Tx, personId: string): Promise<void> => drafts.purgeAbout(tx, personId);
