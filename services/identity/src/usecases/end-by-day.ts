import { tellAll } from '@ranselpost/kit/outbox';
import * as families from '../store/families.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';

const batch = 200;

/**
 * Ends what a new day has ended and tells it: grants of those who have come of age (GUA-14), and what staff decided for a
 * time that is over (GUA-05). Access itself ended at midnight: every reading here compares the day. This is for the copies.
 */
export async function endByDay(deps: Deps): Promise<number> {
  let count = 0;
  for (;;) {
    const some = await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      const children = await families.withGrantOver(tx, today(deps), batch);
      await tellAll(tx, await deriveFamilies({ ...deps, db: tx }, children, 'timer'));
      return children.length;
    });
    count += some;
    if (some < batch) return count;
  }
}
