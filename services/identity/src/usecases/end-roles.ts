import { tellAll } from '@ranselpost/kit/outbox';
import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import * as roleEnds from '../store/role-ends.ts';
import type { Deps } from './deps.ts';
import { toRolesEndedFacts } from './tell-places.ts';

const batch = 200;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Tells whose last role has ended by its date. Every reading compares the day: this is for what is open and would stay so.
 * Looks one day back, for a process that was not there at midnight; a session is no older than that. Answers how many.
 */
export async function endRoles(deps: Deps, day: LocalDate): Promise<number> {
  const days = { first: addDays(day, -1), last: day };
  let count = 0;
  for (let after = nobody; ;) {
    const people = await deps.db.asService(async (tx) => {
      const some = await roleEnds.withRoleEnding(tx, days, after, batch);
      const ended = await toRolesEndedFacts({ ...deps, db: tx }, some);
      await tellAll(tx, ended);
      count += ended.length;
      return some;
    });
    if (people.length < batch) return count;
    after = people.at(-1)!;
  }
}
