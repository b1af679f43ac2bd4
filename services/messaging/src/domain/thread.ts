import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { guardianSetKey, mayShareThread, threadGoesOn } from '@ranselpost/kit/pure/guardian-set';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type Audience,
  areThere,
  familiesOf,
  isProtectedAmong,
  personsOf,
  rolesAddressed,
  rolesInMailbox,
  rolesThatRead,
} from './audience.ts';
import { type Attachment, type AttachmentRefusal, toJudged } from './attachment.ts';
import {
  type GuardLevels,
  type GuardRefusal,
  type Guarding,
  decideGuarded,
  guardLevelAt,
} from './guarded.ts';
import { type Addressee, addressees, staffAnswered } from './out-of-office.ts';
import { type TextRefusal, clean, decideSubject, decideText } from './text.ts';

export type Capacity = 'guardian' | 'staff';

/** Messages between guardians and the staff of a unit, about children who have the very same guardians (GUA-23). */
export interface Thread {
  readonly id: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  /** Who the guardians of each child were when it was opened. */
  readonly guardianIds: readonly string[];
  /** The guardians it is for: never more of them (S-09). */
  readonly homeReaderIds: readonly string[];
  /** Whom of the staff it was written to. Others read it by their role. */
  readonly addressedStaffIds: readonly string[];
  /** Whether it was written to everybody who works with the group of the children, whoever that is by then (M27). */
  readonly toMailbox: boolean;
  readonly startedAt: Date;
  readonly lastMessageAt: Date;
  /** Null once the message that it came with has been withdrawn. */
  readonly subject: string | null;
  /** Begun by staff about a protected child, and nothing of it has gone home yet (S-08). */
  readonly isHeld: boolean;
  /** Where it was taken over from another system: who of the staff read it there, and nobody else does (MSG-21). Null: by role. */
  readonly onlyStaffIds: readonly string[] | null;
}

export type MessageState = 'SENT' | 'HELD' | 'WITHDRAWN' | 'MOVED';

export interface Message {
  readonly id: string;
  readonly threadId: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  readonly homeReaderIds: readonly string[];
  /** Null when whoever wrote it has been erased. */
  readonly authorId: string | null;
  readonly authorAs: Capacity;
  readonly sentAt: Date;
  readonly state: MessageState;
  /** Null when it is withdrawn, or moved to a case. */
  readonly body: string | null;
  /** As of its thread, of those whom it reached itself. */
  readonly onlyStaffIds: readonly string[] | null;
}

export interface LeftOut {
  readonly personId: string;
  readonly cause: string;
}

/** What somebody wants to begin. */
export interface WantedThread extends Guarding {
  readonly childIds: readonly string[];
  readonly unitId: string;
  readonly subject: string;
  readonly text: string;
  /** Other guardians whom a guardian chooses, this time (MSG-05). */
  readonly alsoGuardianIds: readonly string[];
  /** Whether everybody who works with the group is written to (M27). */
  readonly toMailbox: boolean;
  /** Others of the staff, beside those who are always written to (M04). */
  readonly alsoStaffIds: readonly string[];
  /** Guardians whom staff leave out, each with its cause (MSG-04). */
  readonly leaveOut: readonly LeftOut[];
}

/** What somebody wants to answer. */
export interface WantedAnswer extends Guarding {
  readonly text: string;
  readonly alsoGuardianIds: readonly string[];
}

/** What is known when something is written. */
export interface Known {
  readonly today: LocalDate;
  readonly writerId: string;
  readonly writerAs: Capacity;
  readonly audience: Audience;
  readonly features: FeatureStandings;
  /** Files of the writer's own that may go with it, in the order in which they were chosen. */
  readonly files: readonly Pick<Attachment, 'name' | 'mediaType'>[];
  readonly guardLevels: GuardLevels;
}

export type Refusal =
  | TextRefusal
  | GuardRefusal
  | FeatureClosed
  | AttachmentRefusal
  | { readonly kind: 'child-not-at-unit' }
  | { readonly kind: 'guardians-differ' }
  | { readonly kind: 'recipient-gone' }
  | { readonly kind: 'cause-missing' }
  | { readonly kind: 'nobody-left' }
  | { readonly kind: 'nobody-reads' }
  | { readonly kind: 'thread-closed' };

/**
 * Whether a message says what is wanted, to whom it is wanted at home, so that the same key means the same: whoever wrote it anew
 * must not be shown a receipt for what they wrote before. What was put away says nothing any more.
 */
export function isSameMessage(
  { body, authorAs, authorId, homeReaderIds }: Message,
  { text, alsoGuardianIds }: Pick<WantedAnswer, 'text' | 'alsoGuardianIds'>,
): boolean {
  const readers = new Set([authorId, ...alsoGuardianIds]);
  const isToSame = homeReaderIds.length === readers.size && homeReaderIds.every((id) => readers.has(id));
  return (body === null || body === clean(text)) && (authorAs === 'staff' || isToSame);
}

/** A message that may be stored, and whom it goes to. */
export interface Decided {
  readonly body: string;
  readonly homeReaderIds: readonly string[];
  readonly addressedStaffIds: readonly string[];
  /** To whom of the staff it goes today, who of them is away, and who stands in. */
  readonly told: readonly Addressee[];
  /** Who of the staff may read it by their role. */
  readonly staffReaderIds: readonly string[];
  readonly isHeld: boolean;
}
/** What staff write goes to colleagues as it is; what comes from home, for whoever is away, to their stand-in too (M24). */
const toldOf = (
  personIds: readonly string[],
  childIds: readonly string[],
  { audience, today, writerAs }: Known,
): readonly Addressee[] =>
  writerAs === 'staff'
    ? personIds.map((personId) => ({ personId, away: null, standsInFor: null }))
    : addressees(audience, personIds, childIds, today);
export interface DecidedThread extends Decided {
  readonly subject: string;
  readonly guardianIds: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Home to a unit: the writer, and of the other guardians whom they choose. A unit to home: every guardian who is not left out
 * with a cause. To children together only who have the very same guardians (MSG-04, MSG-05, GUA-23).
 */
export function decideThread(wanted: WantedThread, known: Known): Result<DecidedThread, Refusal> {
  const { audience, today, writerId, writerAs } = known;
  const { childIds } = wanted;
  if (!areThere(audience, childIds, today)) return refuse({ kind: 'child-not-at-unit' });
  const isOpen = requireFeature(known.features, wanted.unitId);
  if (!isOpen.ok) return isOpen;
  const subject = decideSubject(wanted.subject);
  if (!subject.ok) return subject;
  const body = decideText(wanted.text);
  if (!body.ok) return body;
  const guarded = decideGuarded(
    { subject: wanted.subject, body: wanted.text, attachments: known.files.map(toJudged) },
    guardLevelAt([audience.unitKind], known.guardLevels),
    wanted,
  );
  if (!guarded.ok) return guarded;
  const families = familiesOf(audience, childIds);
  if (!mayShareThread(families)) return refuse({ kind: 'guardians-differ' });
  const guardianIds = guardianSetKey(families[0]!.guardianIds)!.split(',');
  const chosen = [...wanted.alsoGuardianIds, ...wanted.leaveOut.map(({ personId }) => personId)];
  if (chosen.some((personId) => !guardianIds.includes(personId))) return refuse({ kind: 'recipient-gone' });
  const leftOut = wanted.leaveOut.map(({ personId, cause }) => ({ personId, cause: decideText(cause, 500) }));
  if (leftOut.some(({ cause }) => !cause.ok)) return refuse({ kind: 'cause-missing' });
  const homeReaderIds = guardianIds.filter((personId) =>
    writerAs === 'staff'
      ? !leftOut.some((one) => one.personId === personId)
      : personId === writerId || wanted.alsoGuardianIds.includes(personId),
  );
  if (homeReaderIds.length === 0) return refuse({ kind: 'nobody-left' });
  const readers = personsOf(rolesThatRead(audience, childIds, today));
  if (wanted.alsoStaffIds.some((personId) => !readers.includes(personId)))
    return refuse({ kind: 'recipient-gone' });
  const addressed = new Set([
    ...personsOf((wanted.toMailbox ? rolesInMailbox : rolesAddressed)(audience, childIds, today)),
    ...wanted.alsoStaffIds,
    ...(writerAs === 'staff' ? [writerId] : []),
  ]);
  if (addressed.size === 0) return refuse({ kind: 'nobody-reads' });
  return accept({
    ...{ subject: subject.value, body: body.value, guardianIds, homeReaderIds },
    addressedStaffIds: [...addressed],
    told: toldOf([...addressed], childIds, known),
    staffReaderIds: readers,
    isHeld: writerAs === 'staff' && isProtectedAmong(audience, childIds),
    leftOut: leftOut.map(({ personId, cause }) => ({ personId, cause: cause.ok ? cause.value : '' })),
  });
}

/**
 * Whether anything may still be written in a thread: until any of its children has other guardians (GUA-23); in one of another system
 * never (MSG-21).
 */
export const goesOn = (
  thread: Pick<Thread, 'guardianIds' | 'childIds' | 'onlyStaffIds'>,
  audience: Pick<Audience, 'guardians'>,
): boolean =>
  thread.onlyStaffIds === null &&
  threadGoesOn(guardianSetKey(thread.guardianIds) ?? '', familiesOf(audience, thread.childIds));

/**
 * An answer goes to the readers of what it answers and to nobody else (MSG-06): from staff to all of them, from a guardian to
 * the unit and to those of the other guardians whom they choose, again (MSG-05). Of the staff, to whom the thread was written
 * and who may read it still.
 */
export function decideAnswer(
  wanted: WantedAnswer,
  answered: Pick<Message, 'homeReaderIds'>,
  thread: Thread,
  known: Known,
): Result<Decided, Refusal> {
  const { audience, today, writerId, writerAs } = known;
  const isOpen = requireFeature(known.features, thread.unitId);
  if (!isOpen.ok) return isOpen;
  if (!goesOn(thread, audience)) return refuse({ kind: 'thread-closed' });
  const body = decideText(wanted.text);
  if (!body.ok) return body;
  const guarded = decideGuarded(
    { subject: '', body: wanted.text, attachments: known.files.map(toJudged) },
    guardLevelAt([audience.unitKind], known.guardLevels),
    wanted,
  );
  if (!guarded.ok) return guarded;
  if (wanted.alsoGuardianIds.some((personId) => !answered.homeReaderIds.includes(personId)))
    return refuse({ kind: 'recipient-gone' });
  const readers = personsOf(rolesThatRead(audience, thread.childIds, today));
  const addressedStaffIds = staffAnswered(thread, audience, today);
  if (addressedStaffIds.length === 0) return refuse({ kind: 'nobody-reads' });
  return accept({
    body: body.value,
    homeReaderIds:
      writerAs === 'staff'
        ? answered.homeReaderIds
        : answered.homeReaderIds.filter(
            (personId) => personId === writerId || wanted.alsoGuardianIds.includes(personId),
          ),
    addressedStaffIds,
    told: toldOf(addressedStaffIds, thread.childIds, known),
    staffReaderIds: readers,
    isHeld: writerAs === 'staff' && isProtectedAmong(audience, thread.childIds),
  });
}
