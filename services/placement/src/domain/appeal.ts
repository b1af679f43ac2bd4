import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { onWorkingDay } from '@ranselpost/kit/pure/working-days';
import type { RoundKind } from './round.ts';

/** What a family was told of its application in a round. */
export interface Decision {
  readonly roundKind: RoundKind;
  /** The number of the wish that was met; null without a place, and for one that was not wished for. */
  readonly wish: number | null;
  readonly hasPlace: boolean;
  /** That priority by law was applied for, whatever was decided on it (bhl. § 18). */
  readonly claimsLaw18: boolean;
}

/**
 * Who may appeal: in the main round who was refused, or got neither first nor second wish; outside it who has applied with priority by law
 * (BHG-16). After-school care is no matter of that regulation: who is refused may (ADM-01).
 */
export function mayAppeal({ roundKind, wish, hasPlace, claimsLaw18 }: Decision): boolean {
  switch (roundKind) {
    case 'main':
      return !hasPlace || wish === null || wish > 2;
    case 'sfo':
      return !hasPlace;
    case 'transfer':
    case 'supplementary':
    case 'continuous':
      return claimsLaw18;
  }
}

/** The last day to appeal, from when the decision came; null while nobody knows when: in doubt the time has not begun (BHG-17, ADM-03). */
export const appealDeadline = (arrivedAt: Date | null): LocalDate | null => {
  if (arrivedAt === null) return null;
  const day = localDateAt(arrivedAt);
  return onWorkingDay(addDays(day, 7 * administrationAct(day).complaintWeeks));
};

/** `late` is taken in like any other, and waits for somebody to say whether it is looked at all the same (ADM-06). */
export type AppealState = 'received' | 'late' | 'upheld' | 'rejected' | 'forwarded' | 'closed';

export interface Appeal {
  readonly id: string;
  readonly applicationId: string;
  readonly kindergarten: string;
  readonly state: AppealState;
}

export type AppealRefusal = {
  readonly kind:
    'E_STATE' | 'E_NO_RIGHT_OF_APPEAL' | 'E_NOT_WISHED' | 'E_APPEALED' | 'E_NO_REASON' | 'E_OWNER_UNHEARD';
};

/** Either guardian appeals alone, about one kindergarten that was wished for and not got (ADM-05, BHG-16). */
export function decideAppeal(
  decision: Decision,
  wanted: {
    readonly kindergarten: string;
    readonly grounds: string;
    readonly receivedAt: Date;
    readonly arrivedAt: Date | null;
    /** Those wished for that were not offered. */
    readonly refusedBy: readonly string[];
    readonly standing: readonly Appeal[];
  },
): Result<Extract<AppealState, 'received' | 'late'>, AppealRefusal> {
  const { kindergarten, grounds, receivedAt, arrivedAt, refusedBy, standing } = wanted;
  if (!mayAppeal(decision)) return refuse({ kind: 'E_NO_RIGHT_OF_APPEAL' });
  if (!refusedBy.includes(kindergarten)) return refuse({ kind: 'E_NOT_WISHED' });
  if (standing.some((appeal) => appeal.kindergarten === kindergarten)) return refuse({ kind: 'E_APPEALED' });
  if (grounds.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  const deadline = appealDeadline(arrivedAt);
  return accept(deadline !== null && deadline < localDateAt(receivedAt) ? 'late' : 'received');
}

export type AppealMove =
  /** Looked at although it is late (fvl. § 31), or not. */
  | { readonly move: 'admit' | 'dismiss'; readonly reason: string }
  | {
      readonly move: 'uphold' | 'reject';
      readonly reason: string;
      /** It has been laid before whoever owns the kindergarten (BHG-17). */
      readonly isOwnerHeard: boolean;
    }
  /** To the body that decides on appeals, with why the decision stands (BHG-17). */
  | { readonly move: 'forward'; readonly reason: string }
  /** With what that body has decided. */
  | { readonly move: 'close'; readonly outcome: BodyOutcome };

export type BodyOutcome = 'upheld' | 'rejected';

const moves: Readonly<Record<AppealMove['move'], { readonly from: AppealState; readonly to: AppealState }>> =
  {
    admit: { from: 'late', to: 'received' },
    dismiss: { from: 'late', to: 'closed' },
    uphold: { from: 'received', to: 'upheld' },
    reject: { from: 'received', to: 'rejected' },
    forward: { from: 'rejected', to: 'forwarded' },
    close: { from: 'forwarded', to: 'closed' },
  };

/** What an appeal waits for, at the municipality or at the body that decides on appeals. */
export type AppealStep = 'ADMIT_OR_DISMISS' | 'HEAR_OWNER' | 'DECIDE' | 'FORWARD' | 'BODY';

/** What is to be done next; null where it is over (BHG-17). */
export function nextStep({
  state,
  isOwnerHeard,
}: {
  readonly state: AppealState;
  readonly isOwnerHeard: boolean;
}): AppealStep | null {
  switch (state) {
    case 'late':
      return 'ADMIT_OR_DISMISS';
    case 'received':
      return isOwnerHeard ? 'DECIDE' : 'HEAR_OWNER';
    case 'rejected':
      return 'FORWARD';
    case 'forwarded':
      return 'BODY';
    case 'upheld':
    case 'closed':
      return null;
  }
}

/** Where an appeal goes, and whether the child is from then on ahead of others at the kindergarten (BHG-18). */
export function decideAppealMove(
  { state }: Pick<Appeal, 'state'>,
  wanted: AppealMove,
): Result<{ readonly state: AppealState; readonly isUpheld: boolean }, AppealRefusal> {
  const { from, to } = moves[wanted.move];
  if (state !== from) return refuse({ kind: 'E_STATE' });
  if (wanted.move === 'close') return accept({ state: to, isUpheld: wanted.outcome === 'upheld' });
  if (wanted.reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  if ((wanted.move === 'uphold' || wanted.move === 'reject') && !wanted.isOwnerHeard)
    return refuse({ kind: 'E_OWNER_UNHEARD' });
  return accept({ state: to, isUpheld: wanted.move === 'uphold' });
}

/**
 * A kindergarten's list with who has priority by law first and whoever's appeal was upheld right behind, each as ranked before. It says who is
 * next for a vacant place: nobody loses one that they have (BHG-18).
 */
export function withUpheld(
  ranking: readonly string[],
  {
    hasLaw18,
    isUpheld,
  }: { readonly hasLaw18: (child: string) => boolean; readonly isUpheld: (child: string) => boolean },
): readonly string[] {
  const turn = (child: string): number => (hasLaw18(child) ? 0 : isUpheld(child) ? 1 : 2);
  return ranking.toSorted((one, other) => turn(one) - turn(other));
}

/** Who else is told of an appeal: the other guardians, and none of them where somebody is protected (ADM-05, ADR-04). */
export const toldOfAppeal = (
  guardians: readonly string[],
  { appealedBy, isProtected }: { readonly appealedBy: string; readonly isProtected: boolean },
): readonly string[] => (isProtected ? [] : guardians.filter((one) => one !== appealedBy));
