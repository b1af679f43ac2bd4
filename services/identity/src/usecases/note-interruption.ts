import * as workItems from '../store/work-items.ts';
import type { EventDeps } from './deps.ts';

/** The register's feed could not be followed without a break: somebody has to look at why (FREG-02). */
export const noteInterruption = ({ db, newId }: EventDeps): Promise<void> =>
  workItems.open(db, [{ childId: null, kind: 'FEED_INTERRUPTED', id: newId() }]);

/** Something the registers said could not be taken in, and whom it was about keeps what they had: somebody has to look. */
export const noteLostReading = ({ db, newId }: EventDeps): Promise<void> =>
  workItems.open(db, [{ childId: null, kind: 'READING_LOST', id: newId() }]);
