import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';

export interface NoticeOf {
  readonly noticeId: string;
  readonly category: 'MESSAGE' | 'NEWS';
  readonly unitId: string;
  readonly subjectId: string;
  readonly now: Date;
}

/** Has guardians told that something waits for them: each once, for all of their children whom it is about. */
export async function tellGuardians(
  tx: Tx,
  { now, ...notice }: NoticeOf,
  guardians: readonly { readonly personId: string; readonly childId: string }[],
): Promise<void> {
  const people = [...Map.groupBy(guardians, ({ personId }) => personId)];
  for (let at = 0; at < people.length; at += noticeRecipientsMax)
    await tell(tx, noticeDueV1, {
      ...{ ...notice, importance: 'ORDINARY', occurredAt: now.toISOString() },
      recipients: people.slice(at, at + noticeRecipientsMax).map(([personId, own]) => ({
        ...{ personId, capacity: 'guardian' as const },
        childIds: own.map(({ childId }) => childId).slice(0, 20),
      })),
    });
}
