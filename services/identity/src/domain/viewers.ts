import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Protection, highest, isHidden } from './protection.ts';

/** Somebody whom the register names as responsible, or that somebody nobody can identify is. */
export interface NamedHolder {
  /** Null: an organisation, or somebody without an identity here. */
  readonly personId: string | null;
  /** Sees the child now: nothing holds or restricts them. */
  readonly isActive: boolean;
}

/** An answer to whether another person may see the child too. Everyone's newest counts. */
export interface ViewerAnswer {
  readonly holderId: string;
  readonly answer: 'YES' | 'NO';
  /** An instant. */
  readonly at: string;
}

/** What is known of a wish that somebody without responsibility sees a child. */
export interface ViewerFacts {
  /** Whether the municipality has it at all. It has not unless it says so. */
  readonly isOn?: boolean;
  /** Everybody whom the register names, held and restricted ones too. */
  readonly holders: readonly NamedHolder[];
  readonly answers: readonly ViewerAnswer[];
  /** Of the child and of everybody whom its place could be told by; null for whom it is not known. */
  readonly protections: readonly (Protection | null)[];
  /** A restriction in force that names the one who would see. */
  readonly isRestricted: boolean;
}

export type NoViewer = {
  readonly kind: 'off' | 'protected' | 'restricted' | 'no-holder' | 'not-all-agree';
};

/**
 * Whether somebody without responsibility sees a child, because everybody who has it agrees (GUA-09). Off unless a municipality
 * turns it on; never for a protected child. All that the register names have to agree, so where one is held, restricted or
 * nobody that can be asked, nobody does. It is worked out at each reading: that one takes it back, that there is one more to ask,
 * or that the switch goes, ends it at once. What was taken back does not come back by itself: all are asked anew.
 */
export function decideViewer({
  isOn = false,
  holders,
  answers,
  protections,
  isRestricted,
}: ViewerFacts): Result<'SEES', NoViewer> {
  if (!isOn) return refuse({ kind: 'off' });
  const known = protections.filter((level) => level !== null);
  if (known.length < protections.length || isHidden(highest(known))) return refuse({ kind: 'protected' });
  if (isRestricted) return refuse({ kind: 'restricted' });
  if (holders.length === 0) return refuse({ kind: 'no-holder' });
  const takenBackAt = answers
    .filter(({ answer }) => answer === 'NO')
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  const standing = answers.filter(({ at }) => takenBackAt === undefined || at > takenBackAt);
  const hasAgreed = ({ personId, isActive }: NamedHolder): boolean =>
    personId !== null && isActive && standing.some(({ holderId }) => holderId === personId);
  return holders.every(hasAgreed) ? accept('SEES') : refuse({ kind: 'not-all-agree' });
}
