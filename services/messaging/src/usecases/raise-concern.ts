import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { SafetyConcern } from '../domain/contact-form.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';

/**
 * The duty to act begins when the school could know: the unit's leader is told that something is to be read in the archive, and
 * neither what nor about whom (SKM-03).
 */
export async function raiseConcern(
  tx: Tx,
  deps: Deps,
  {
    entryId,
    unitId,
    at,
    cause,
  }: Pick<SafetyConcern, 'unitId' | 'cause'> & { readonly entryId: string; readonly at: Date },
): Promise<void> {
  const concernId = deps.newId();
  await forms.raiseConcern(tx, { concernId, entryId, unitId, cause });
  const leaders = await forms.leaders(tx, unitId);
  if (leaders.length === 0) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: concernId, category: 'MESSAGE', importance: 'ORDINARY', unitId: null },
    recipients: leaders.map((personId) => ({ personId, capacity: 'staff' as const, childIds: [] })),
    ...{ subjectId: concernId, occurredAt: at.toISOString() },
  });
}
