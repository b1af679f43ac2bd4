import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { TalkRequest } from './talk-request.ts';
import type { Message } from './thread.ts';

/** A thread in the mailbox of its unit, and of the groups of its children. */
export interface MailboxEntry {
  readonly threadId: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  /** Since when the oldest message waits for an answer. */
  readonly waitsSince: Date | null;
  readonly settledAt: Date | null;
  readonly takenBy: string | null;
  readonly takenAt: Date | null;
}

/** What there is to know of a message, beside what it says. */
export type Trace = Pick<Message, 'authorId' | 'authorAs' | 'sentAt' | 'state' | 'homeReaderIds'>;

/**
 * Since when somebody at home waits. A message is answered by what staff send its author later, and not by what they send the
 * other guardian (MSG-05); what is held has answered nobody yet. A talk that is asked for waits until somebody says yes, no or when.
 */
export function waitsSince(
  traces: readonly Trace[],
  { settledAt }: Pick<MailboxEntry, 'settledAt'>,
  asked: readonly Pick<TalkRequest, 'askedAs' | 'askedAt' | 'state'>[] = [],
): Date | null {
  const sent = traces.filter(({ state }) => state === 'SENT');
  const isAnswered = ({ authorId, sentAt }: Trace): boolean =>
    sent.some(
      (one) =>
        one.authorAs === 'staff' &&
        one.sentAt > sentAt &&
        authorId !== null &&
        one.homeReaderIds.includes(authorId),
    );
  const waiting = sent.filter(
    (one) =>
      one.authorAs === 'guardian' &&
      one.authorId !== null &&
      (settledAt === null || one.sentAt > settledAt) &&
      !isAnswered(one),
  );
  const talks = asked.filter(({ askedAs, state }) => askedAs === 'guardian' && state === 'OPEN');
  const since = [...waiting.map(({ sentAt }) => sentAt), ...talks.map(({ askedAt }) => askedAt)];
  return since.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null;
}

export type MailboxRefusal =
  { readonly kind: 'taken'; readonly takenBy: string } | { readonly kind: 'cannot-read' };

/** Who has taken a thread, while they may read it: whoever lost their role left it for the others. */
export const holderOf = (
  { takenBy }: Pick<MailboxEntry, 'takenBy'>,
  readerIds: readonly string[],
): string | null => (takenBy !== null && readerIds.includes(takenBy) ? takenBy : null);

export interface Taking {
  /** Who is to have it: whoever asks, or whom they hand it to. */
  readonly byId: string;
  /** From whom it is taken over, as whoever asks has seen. */
  readonly fromId: string | null;
}

/** Nobody takes what a colleague has unless they know it; and nobody is given what they may not read by themself (S-09). */
export function decideTaking(
  entry: Pick<MailboxEntry, 'takenBy'>,
  { byId, fromId }: Taking,
  readerIds: readonly string[],
): Result<string, MailboxRefusal> {
  if (!readerIds.includes(byId)) return refuse({ kind: 'cannot-read' });
  const holder = holderOf(entry, readerIds);
  if (holder !== null && holder !== fromId && holder !== byId)
    return refuse({ kind: 'taken', takenBy: holder });
  return accept(byId);
}

/** Whoever has it lets it go; what another has is theirs, until it is taken over. */
export function decideReleasing(
  entry: Pick<MailboxEntry, 'takenBy'>,
  byId: string,
  readerIds: readonly string[],
): Result<null, MailboxRefusal> {
  const holder = holderOf(entry, readerIds);
  return holder === null || holder === byId ? accept(null) : refuse({ kind: 'taken', takenBy: holder });
}
