import type { Database } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { tellAll } from '@ranselpost/kit/outbox';
import * as quarantines from '../store/quarantines.ts';
import { takeTurn } from '../store/turn.ts';
import type { Deps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';

const batch = 200;

/**
 * Works out anew whoever was held by a quarantine that was let go, a batch a transaction; what else holds them holds them
 * still. May be cut off anywhere and done again. Answers about how many children.
 */
export async function letThrough(deps: Deps): Promise<number> {
  for (let count = 0; ;) {
    const some = await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      const childIds = await quarantines.letGo(tx, batch);
      await tellAll(
        tx,
        await deriveFamilies({ ...deps, db: tx }, childIds, 'quarantine', 'QUARANTINE_RELEASED'),
      );
      return childIds.length;
    });
    count += some;
    if (some < batch) return count;
  }
}

/** What waits for people because the register changed too much at once: every replica answers the same. */
export function exposeQuarantineFigures(db: Database): void {
  exposeFigure(
    'identity_quarantine_seconds',
    'Seconds that what the register changed too much of at once has waited for people; zero when nothing does',
    () => db.asService(quarantines.waitedSeconds),
  );
  exposeFigure(
    'identity_quarantined_grants',
    'Grants that are held for that',
    async () => (await db.asService(quarantines.held)).grants,
  );
}
