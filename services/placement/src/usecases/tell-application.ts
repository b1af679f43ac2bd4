import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDueV1 } from '@ranselpost/schema/events/placement/notice-due.v1';
import * as applications from '../store/applications.ts';
import type { Deps } from './deps.ts';

/**
 * As the service, in the transaction that takes something in: every guardian but who did it, that there is something to see (GUA-03, P25). Of a protected
 * child nobody is told: that somebody was up would be told with it (ADR-11, S-08).
 */
export async function tellOthersAtHome(
  tx: Tx,
  deps: Deps,
  { id: subjectId, childId }: Pick<applications.StoredApplication, 'id' | 'childId'>,
  by: string | null,
): Promise<void> {
  const now = deps.now();
  const { personIds, isKeptApart } = await applications.atHome(tx, childId, localDateAt(now));
  const others = personIds.filter((personId) => personId !== by);
  if (others.length === 0 || isKeptApart) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: deps.newId(), category: 'PLACE', importance: 'ORDINARY', unitId: null, subjectId },
    recipients: others.map((personId) => ({ personId, capacity: 'guardian' as const, childIds: [childId] })),
    occurredAt: now.toISOString(),
  });
}
