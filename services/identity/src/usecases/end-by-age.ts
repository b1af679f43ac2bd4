import { tellAll } from '@ranselpost/kit/outbox';
import * as families from '../store/families.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';

const batch = 200;

/**
 * Ends the grants of those who have come of age and tells it (GUA-14). Access itself ended at midnight: every reading
 * here compares the day. This is for the copies, which know no birth dates.
 */
export async function endByAge(deps: Deps): Promise<number> {
  let count = 0;
  for (;;) {
    const some = await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      const children = await families.ofAge(tx, today(deps), batch);
      await tellAll(tx, await deriveFamilies({ ...deps, db: tx }, children, 'timer'));
      return children.length;
    });
    count += some;
    if (some < batch) return count;
  }
}
