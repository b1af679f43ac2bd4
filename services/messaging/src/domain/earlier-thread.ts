import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Capacity } from './thread.ts';
import { decideSubject, decideText } from './text.ts';

/** Somebody whom a message reached in another system, and whether they have read it there. */
export interface EarlierReader {
  readonly personId: string;
  readonly as: Capacity;
  readonly isRead: boolean;
}

export interface EarlierMessage {
  /** Null: whoever wrote it is nobody here. */
  readonly authorId: string | null;
  readonly authorAs: Capacity;
  readonly sentAt: Date;
  readonly text: string;
  readonly readers: readonly EarlierReader[];
}

/** A thread of another system, whole. */
export interface EarlierThread {
  /** What it is called there. */
  readonly sourceId: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  readonly subject: string;
  readonly messages: readonly EarlierMessage[];
}

/** Of those whom a thread names, who is nobody that identity has told of. */
export interface Unknown {
  readonly isUnitUnknown: boolean;
  readonly childIds: readonly string[];
  readonly guardianIds: readonly string[];
  readonly staffIds: readonly string[];
}

export type EarlierRefusal = {
  readonly kind:
    | 'unit-unknown'
    | 'child-unknown'
    | 'reader-unknown'
    | 'text-empty'
    | 'text-too-long'
    | 'sent-later'
    | 'nobody-at-home';
};

type Reach = Readonly<Record<Capacity, readonly string[]>>;
export interface TakenOverMessage extends Omit<EarlierMessage, 'readers' | 'text'> {
  readonly body: string;
  readonly reach: Reach;
}
export interface TakenOver {
  readonly unitId: string;
  readonly childIds: readonly string[];
  readonly subject: string;
  /** The earliest first. */
  readonly messages: readonly TakenOverMessage[];
  readonly reach: Reach;
  readonly readers: readonly {
    readonly personId: string;
    readonly capacity: Capacity;
    readonly lastMessageAt: Date;
    readonly isUnread: boolean;
  }[];
}

/** Whom it reached, with whoever wrote it, each once. */
const reached = ({ authorId, authorAs, readers }: EarlierMessage): readonly EarlierReader[] => [
  ...readers.filter(({ personId, as }) => personId !== authorId || as !== authorAs),
  ...(authorId === null ? [] : [{ personId: authorId, as: authorAs, isRead: true }]),
];
const idsAs = (some: readonly EarlierReader[], capacity: Capacity): readonly string[] =>
  [...new Set(some.filter(({ as }) => as === capacity).map(({ personId }) => personId))].toSorted();
const reachOf = (some: readonly EarlierReader[]): Reach => ({
  guardian: idsAs(some, 'guardian'),
  staff: idsAs(some, 'staff'),
});

/** Everybody whom a thread names, by what they were to it. */
export const peopleOf = ({ messages }: EarlierThread): Reach => reachOf(messages.flatMap(reached));

/**
 * Takes a thread over with exactly the readers whom each of its messages had, and nobody added (MSG-21). Whether they may read it
 * today, their grounds say each time. Whoever is not known could not be kept from it later: the whole thread is refused.
 */
export function decideTakingOver(
  given: EarlierThread,
  unknown: Unknown,
  now: Date,
): Result<TakenOver, EarlierRefusal> {
  if (unknown.isUnitUnknown) return refuse({ kind: 'unit-unknown' });
  if (unknown.childIds.length > 0) return refuse({ kind: 'child-unknown' });
  if (unknown.guardianIds.length > 0 || unknown.staffIds.length > 0)
    return refuse({ kind: 'reader-unknown' });
  const subject = decideSubject(given.subject);
  if (!subject.ok) return refuse({ kind: subject.refusal.kind });
  const ordered = given.messages.toSorted((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
  const messages: TakenOverMessage[] = [];
  for (const { readers, text, ...message } of ordered) {
    const body = decideText(text);
    if (!body.ok) return refuse({ kind: body.refusal.kind });
    if (message.sentAt > now) return refuse({ kind: 'sent-later' });
    messages.push({ ...message, body: body.value, reach: reachOf(reached({ ...message, readers, text })) });
  }
  const people = peopleOf(given);
  if (people.guardian.length === 0) return refuse({ kind: 'nobody-at-home' });
  const readers = (['guardian', 'staff'] as const).flatMap((capacity) =>
    people[capacity].map((personId) => {
      const theirs = ordered.flatMap((message) =>
        reached(message)
          .filter((one) => one.personId === personId && one.as === capacity)
          .map(({ isRead }) => ({ at: message.sentAt, isRead })),
      );
      return {
        ...{ personId, capacity, lastMessageAt: theirs.at(-1)!.at },
        isUnread: theirs.some(({ isRead }) => !isRead),
      };
    }),
  );
  const { unitId, childIds } = given;
  return accept({ unitId, childIds, subject: subject.value, messages, reach: people, readers });
}
