import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import {
  type AboutStaff,
  type Addressed,
  type SafetyConcern,
  addressConcern,
  isAboutStaff,
} from '../domain/safety-concern.ts';
import * as concerns from '../store/safety-concerns.ts';
import type { Deps } from './deps.ts';

/** To whom something at a unit goes, and from whom it is kept, as it stands today. */
export const addressAt = async (tx: Tx, unitId: string, about: AboutStaff): Promise<Addressed> =>
  addressConcern(about, await concerns.desk(tx, unitId));

/**
 * The duty to act begins when the school could know: the unit's leader is told that something is to be read in the archive, and
 * neither what nor about whom (SKM-03); where it is about whoever leads there, the municipality is (SKM-04).
 */
export async function raiseConcern(
  tx: Tx,
  deps: Deps,
  {
    entryId,
    unitId,
    at,
    cause,
    about,
    addressed,
  }: Pick<SafetyConcern, 'unitId' | 'cause'> & {
    readonly entryId: string;
    readonly at: Date;
    readonly about: AboutStaff;
    readonly addressed: Addressed;
  },
): Promise<void> {
  const concernId = deps.newId();
  await concerns.raise(tx, {
    ...{ concernId, entryId, unitId, cause, addressed },
    isAboutStaff: isAboutStaff(about),
  });
  if (addressed.toldIds.length === 0) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: concernId, category: 'MESSAGE', importance: 'ORDINARY', unitId: null },
    recipients: addressed.toldIds.map((personId) => ({
      personId,
      capacity: 'staff' as const,
      childIds: [],
    })),
    ...{ subjectId: concernId, occurredAt: at.toISOString() },
  });
}
