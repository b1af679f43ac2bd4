import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import * as marks from '../store/marks.ts';
import type { Deps } from './deps.ts';

/** How far back a service that was away looks for days that nobody has closed. */
const daysBack = 14;

/** Closes what was left open when the day ended in Norway, once (ABS-16). Answers how many children nobody had checked out. */
export const closeForgottenDays = (deps: Deps): Promise<number> =>
  deps.db.asService((tx) => {
    const today = localDateAt(deps.now());
    return marks.closeDays(tx, { from: addDays(today, -daysBack), before: today });
  });
