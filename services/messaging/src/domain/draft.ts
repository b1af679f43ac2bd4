import type { GuardLevel } from '@ranselpost/kit/guard';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Audience, UrgentReason } from './broadcast.ts';
import { type GuardRefusal, decideGuarded } from './guarded.ts';
import { unitsOf } from './place.ts';
import { type TextRefusal, clean, oneLine, subjectMost, textMost } from './text.ts';
import type { Capacity, LeftOut } from './thread.ts';

/** What a draft is to become, and for whom. Who gets it is worked out when it is sent (MSG-07). */
export type Aim =
  | {
      readonly kind: 'ANSWER';
      readonly answersId: string;
      readonly unitId: string;
      readonly childIds: readonly string[];
      readonly alsoGuardianIds: readonly string[];
    }
  | {
      readonly kind: 'THREAD';
      readonly unitId: string;
      readonly childIds: readonly string[];
      readonly alsoGuardianIds: readonly string[];
      readonly alsoStaffIds: readonly string[];
      /** To everybody who works with the group (M27). */
      readonly toMailbox: boolean;
      readonly leaveOut: readonly LeftOut[];
    }
  | (Audience & { readonly kind: 'BROADCAST'; readonly urgentReason: UrgentReason | null });

/** What somebody has begun to write. Its author's alone (M44). */
export interface Draft {
  readonly id: string;
  readonly authorId: string;
  readonly authorAs: Capacity;
  readonly aim: Aim;
  /** Empty where there is none, or none yet. */
  readonly subject: string;
  readonly body: string;
  readonly changedAt: Date;
  /** When it goes out by itself; null when its author sends it. */
  readonly sendAt: Date | null;
  /** First names of its text that its author's device knew when it was to wait. */
  readonly knownNames: readonly string[];
  /** Files of its author's own that wait with it, since it was last to wait. */
  readonly attachmentIds: readonly string[];
  /** Why it could not go out when its time had come: the kind of a refusal. */
  readonly notSent: string | null;
}

/** What somebody wants to keep for later. */
export interface WantedDraft {
  readonly aim: Aim;
  readonly subject: string;
  readonly body: string;
  readonly knownNames: readonly string[];
}

export type DraftRefusal =
  | TextRefusal
  | Extract<GuardRefusal, { readonly kind: 'text-diverted' }>
  | FeatureClosed
  | { readonly kind: 'child-not-at-unit' }
  | { readonly kind: 'drafts-too-many' }
  /** It waits for its time, and is changed by nobody meanwhile. */
  | { readonly kind: 'draft-waits' };

/** So many drafts somebody may have in one capacity. */
export const draftsMost = 100;
const causeMost = 500;

/** The children whom a draft is about; of a text to many, none. */
export const childrenOf = (aim: Aim): readonly string[] => (aim.kind === 'BROADCAST' ? [] : aim.childIds);

/** The unit that it is written to, or that speaks. */
export const unitOf = (aim: Aim): string => (aim.kind === 'BROADCAST' ? aim.places[0]!.unitId : aim.unitId);

export const unitsSpokenTo = (aim: Aim): readonly string[] =>
  aim.kind === 'BROADCAST' ? unitsOf(aim.places) : [aim.unitId];

/**
 * Whether something may be kept for later. What the guard diverts is stored nowhere, a draft included: it stays on the device
 * (MSG-10). What is to be read once more is read once more when it is sent. It need not be whole yet.
 */
export function decideDraft(
  { aim, subject, body, knownNames }: WantedDraft,
  known: {
    readonly features: FeatureStandings;
    readonly guardLevel: GuardLevel;
    /** The children are at the unit; a unit where they are not is none, whether there is one or not (ADR-04). */
    readonly areThere: boolean;
    readonly waits: boolean;
    /** How many others its author has. */
    readonly others: number;
  },
): Result<Pick<Draft, 'aim' | 'subject' | 'body'>, DraftRefusal> {
  if (!known.areThere) return refuse({ kind: 'child-not-at-unit' });
  if (known.waits) return refuse({ kind: 'draft-waits' });
  for (const unitId of unitsSpokenTo(aim)) {
    const isOpen = requireFeature(known.features, unitId);
    if (!isOpen.ok) return isOpen;
  }
  const kept = { aim: withCleanCauses(aim), subject: oneLine(subject), body: clean(body) };
  if (kept.subject === '' && kept.body === '') return refuse({ kind: 'text-empty' });
  if (kept.subject.length > subjectMost) return refuse({ kind: 'text-too-long', most: subjectMost });
  if (kept.body.length > textMost) return refuse({ kind: 'text-too-long', most: textMost });
  if (aim.kind === 'THREAD' && aim.leaveOut.some(({ cause }) => clean(cause).length > causeMost))
    return refuse({ kind: 'text-too-long', most: causeMost });
  const guarded = decideGuarded({ subject, body, attachments: [] }, known.guardLevel, {
    isReread: true,
    knownNames,
  });
  if (!guarded.ok && guarded.refusal.kind === 'text-diverted') return refuse(guarded.refusal);
  if (known.others >= draftsMost) return refuse({ kind: 'drafts-too-many' });
  return accept(kept);
}

const withCleanCauses = (aim: Aim): Aim =>
  aim.kind === 'THREAD'
    ? { ...aim, leaveOut: aim.leaveOut.map((one) => ({ ...one, cause: clean(one.cause) })) }
    : aim;

const dayMs = 86_400_000;

/** When a draft goes that nobody changes any more: some days after it was changed. Null while it waits for its time. */
export const keptUntil = (
  { changedAt, sendAt }: Pick<Draft, 'changedAt' | 'sendAt'>,
  days: number,
): Date | null => (sendAt === null ? new Date(changedAt.getTime() + days * dayMs) : null);

/** A message is sent at a time to come, and not so far ahead that nobody remembers it. */
export const aheadDays = 90;
export type SendTimeRefusal = {
  readonly kind: 'send-time-past' | 'send-time-too-far';
  readonly earliest: Date;
  readonly latest: Date;
};

export function decideSendAt(sendAt: Date, now: Date): Result<Date, SendTimeRefusal> {
  const within = { earliest: now, latest: new Date(now.getTime() + aheadDays * dayMs) };
  if (sendAt <= within.earliest) return refuse({ kind: 'send-time-past', ...within });
  if (sendAt > within.latest) return refuse({ kind: 'send-time-too-far', ...within });
  return accept(sendAt);
}

/**
 * Those of the names that an author's device knows that stand in the text anyway: only they are kept until its time comes, so that
 * nothing is kept of their family that they have not written themself.
 */
export function namesInText(
  { subject, body }: Pick<Draft, 'subject' | 'body'>,
  knownNames: readonly string[],
): readonly string[] {
  const text = `${subject}\n${body}`.toLocaleLowerCase('nb');
  const names = knownNames.flatMap((name) => [name, ...name.split(/[\s-]+/)]);
  return [...new Set(names)].filter((name) => name !== '' && text.includes(name.toLocaleLowerCase('nb')));
}
