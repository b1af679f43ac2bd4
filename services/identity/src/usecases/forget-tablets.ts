import * as pins from '../store/pins.ts';
import * as tablets from '../store/tablets.ts';
import type { Deps } from './deps.ts';

const dayMs = 86_400_000;
const triesDays = 7;
/** As long as the security log (RET-10). */
const traceDays = 365;

/** Lets go of tablets that were never paired, or have been out of use for a year, and of tries that close nothing any more. */
export const forgetTablets = (deps: Deps): Promise<void> =>
  deps.db.asService(async (tx) => {
    const now = deps.now();
    const before = (days: number) => new Date(now.getTime() - days * dayMs);
    await pins.forgetTries(tx, before(triesDays));
    await tablets.deleteOld(tx, now, before(traceDays));
  });
