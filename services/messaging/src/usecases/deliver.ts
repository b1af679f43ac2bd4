import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { Capacity, Message } from '../domain/thread.ts';
import * as inbox from '../store/inbox.ts';
import * as messages from '../store/messages.ts';

/** Puts a message before those whom it goes to, and has them told that something waits for them (MSG-14). */
export async function deliver(
  tx: Tx,
  message: Message,
  { addressedStaffIds }: { readonly addressedStaffIds: readonly string[] },
): Promise<void> {
  await messages.deliver(tx, message);
  const home = message.homeReaderIds.map((personId) => ({ personId, capacity: 'guardian' as const }));
  const staff = addressedStaffIds.map((personId) => ({ personId, capacity: 'staff' as const }));
  const isAuthor = ({ personId, capacity }: { personId: string; capacity: Capacity }): boolean =>
    personId === message.authorId && capacity === message.authorAs;
  const author =
    message.authorId === null ? [] : [{ personId: message.authorId, capacity: message.authorAs }];
  await inbox.put(tx, message, [
    ...home,
    ...staff.filter((one) => !isAuthor(one)),
    ...author.filter(({ capacity }) => capacity === 'staff'),
  ]);
  // Colleagues see it in the inbox; who is told outside of the portal is the other side, and whom a guardian chose.
  const recipients = [...home, ...(message.authorAs === 'staff' ? [] : staff)].filter(
    (one) => !isAuthor(one),
  );
  if (recipients.length === 0) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: message.id, category: 'MESSAGE', importance: 'ORDINARY', unitId: message.unitId },
    recipients: recipients.map((recipient) => ({ ...recipient, childIds: [...message.childIds] })),
    subjectId: message.threadId,
    occurredAt: message.sentAt.toISOString(),
  });
}
