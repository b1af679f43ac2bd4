import { addDays, addMonths, localDateAt } from '@ranselpost/kit/pure/dates';
import * as alerts from '../store/alerts.ts';
import * as marks from '../store/marks.ts';
import * as presences from '../store/staff-presences.ts';
import * as stays from '../store/stays.ts';
import * as trips from '../store/trips.ts';
import type { Deps } from './deps.ts';

/** How long it is kept that home was told of an absence, and what held on a single day. */
const keptDays = 31;

/** Has a part for the school year that begins within a year, long before anybody marks in it; forgets what is over for long. */
export const keepSchoolYears = (deps: Deps): Promise<void> =>
  deps.db.asService(async (tx) => {
    const today = localDateAt(deps.now());
    await marks.makeSchoolYears(tx, addMonths(today, 12));
    await alerts.forget(tx, addDays(today, -keptDays));
    await stays.forget(tx, addDays(today, -keptDays));
    await presences.forget(tx, today);
    await trips.forget(tx, addMonths(today, -12));
  });
