import type { Actor } from '@ranselpost/kit/pure/actor';
import { type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type MailFacts, maySeeMessage } from './policy.ts';
import type { Message, Thread } from './thread.ts';

/** How many of a message's readers at home have read it. */
export interface ReadReceipt {
  readonly readerCount: number;
  readonly among: number;
}

/** What is known beside the grounds: whom the thread was opened with, who the guardians are, and what is open (M16). */
export interface ReceiptFacts {
  readonly mail: MailFacts;
  readonly receipts: FeatureStandings;
  /** The guardians of the message's children, as they are and as they were when its thread was opened. */
  readonly guardianIds: readonly string[];
}

/**
 * Staff who wrote to a home learn how many have read it, where the municipality has opened that. Not of a protected child; and not
 * who is or was a guardian in that home: as staff they would learn what no guardian learns of the other (ADR-11, X13).
 */
export const maySeeReceipt = (
  actor: Actor,
  { mail, receipts, guardianIds }: ReceiptFacts,
  message: Pick<
    Message,
    'unitId' | 'childIds' | 'homeReaderIds' | 'state' | 'authorId' | 'authorAs' | 'onlyStaffIds'
  >,
): boolean =>
  actor.kind === 'staff' &&
  message.authorAs === 'staff' &&
  message.authorId === actor.personId &&
  message.state === 'SENT' &&
  maySeeMessage(actor, mail, message) &&
  requireFeature(receipts, message.unitId).ok &&
  !message.childIds.some((childId) => isProtected(mail, childId)) &&
  ![...message.homeReaderIds, ...guardianIds].includes(actor.personId);

export const guardiansAround = (
  thread: Pick<Thread, 'guardianIds'> | undefined,
  current: readonly { readonly childId: string; readonly personId: string }[],
  { childIds }: Pick<Message, 'childIds'>,
): readonly string[] => [
  ...(thread?.guardianIds ?? []),
  ...current.filter(({ childId }) => childIds.includes(childId)).map(({ personId }) => personId),
];
