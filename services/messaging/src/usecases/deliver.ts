import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { Addressee } from '../domain/out-of-office.ts';
import type { Capacity, Message } from '../domain/thread.ts';
import * as inbox from '../store/inbox.ts';
import * as messages from '../store/messages.ts';
import { tendMailbox } from './tend-mailbox.ts';

/** Puts a message before those whom it goes to, and has them told that something waits for them (MSG-14). */
export async function deliver(
  tx: Tx,
  message: Message,
  told: readonly Pick<Addressee, 'personId' | 'away'>[],
  { isReleased }: { readonly isReleased: boolean } = { isReleased: false },
): Promise<void> {
  await messages.deliver(tx, message);
  await tendMailbox(tx, message.threadId);
  const home = message.homeReaderIds.map((personId) => ({ personId, capacity: 'guardian' as const }));
  const staff = told.map(({ personId, away }) => ({ personId, capacity: 'staff' as const, away }));
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
  const here = staff.flatMap(({ away, ...one }) => (away === null ? [one] : []));
  const recipients = [...home, ...(message.authorAs === 'staff' ? [] : here)].filter((one) => !isAuthor(one));
  if (recipients.length === 0) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: message.id, category: 'MESSAGE', importance: 'ORDINARY', unitId: message.unitId },
    recipients: recipients.map((recipient) => ({ ...recipient, childIds: [...message.childIds] })),
    subjectId: message.threadId,
    occurredAt: message.sentAt.toISOString(),
    ...(isReleased ? { isReleased } : {}),
  });
}
