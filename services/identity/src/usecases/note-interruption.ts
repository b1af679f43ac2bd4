import * as workItems from '../store/work-items.ts';
import type { EventDeps } from './deps.ts';

/** The register's feed could not be followed without a break: somebody has to look at why (FREG-02). */
export const noteInterruption = ({ db, newId }: EventDeps): Promise<void> =>
  workItems.open(db, [{ childId: null, kind: 'FEED_INTERRUPTED', id: newId() }]);

/** Something the registers said could not be taken in: somebody has to look. */
export const noteLostReading = ({ db, newId }: EventDeps): Promise<void> =>
  workItems.open(db, [{ childId: null, kind: 'READING_LOST', id: newId() }]);

/** Somebody had changed in the register without a word of its feed: something was lost, and may be for others (FREG-15). */
export const noteDifference = ({ db, newId }: EventDeps): Promise<void> =>
  workItems.open(db, [{ childId: null, kind: 'REGISTER_DIFFERENCE', id: newId() }]);
