import { tellAll } from '@ranselpost/kit/outbox';
import { addDays } from '@ranselpost/kit/pure/dates';
import { noticeDays } from '../domain/work-items.ts';
import * as proposals from '../store/proposals.ts';
import * as reviews from '../store/reviews.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';

const batch = 200;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Asks staff to look at what is due: restrictions on their day, and decisions before they run out (GUA-05, GUA-12). */
export async function openReviews(deps: Deps): Promise<void> {
  const day = today(deps);
  const due = { today: day, soon: addDays(day, noticeDays) };
  for (let after = nobody; ;) {
    const children = await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      const some = await reviews.dueAfter(tx, due, after, batch);
      await tellAll(tx, await deriveFamilies({ ...deps, db: tx }, some, 'timer'));
      return some;
    });
    if (children.length < batch) return;
    after = children.at(-1)!;
  }
}

/** Lets proposals run out that nobody decided in time. Answers how many. */
export const expireProposals = (deps: Deps): Promise<number> =>
  deps.db.asService(async (tx) => {
    await takeTurn(tx);
    return proposals.expire(tx, today(deps));
  });
