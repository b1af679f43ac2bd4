import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Basis, type Grant, type GrantChange, earliest, longestDecision } from './grants.ts';
import { type Derivation, holdsAt } from './guardianship.ts';
import { type Restriction, closes, isUnderCareOrder } from './restrictions.ts';

/** Access that staff want to give by documents, for a time (GUA-05, GUA-15, GUA-16). */
export interface Wish {
  readonly personId: string;
  readonly basis: Basis;
  /** The first day without access. */
  readonly endsOn: LocalDate;
}

/** What is known of the child that somebody is to have access to. */
export interface WishContext {
  readonly derivation: Derivation;
  readonly restrictions: readonly Restriction[];
  readonly today: LocalDate;
}

export type WishRefusal = {
  readonly kind: 'end-wrong' | 'register-settles-it' | 'no-care-order' | 'person-restricted';
};

/**
 * Whether there is room for a grant by document. It is for what the register does not settle: it never stands against a
 * clear word of the register (GUA-01), beside a restriction (GUA-12), or for longer than until somebody looks again.
 */
export function decideWish(
  wish: Wish,
  { derivation, restrictions, today }: WishContext,
): Result<Wish, WishRefusal> {
  const lastPossible = earliest(addDays(today, longestDecision), derivation.endsOn)!;
  if (wish.endsOn <= today || wish.endsOn > lastPossible) return refuse({ kind: 'end-wrong' });
  if (wish.basis === 'DOCUMENTED_RESPONSIBILITY' && derivation.standings.length > 0)
    return refuse({ kind: 'register-settles-it' });
  if (wish.basis === 'DAILY_CARER' && !isUnderCareOrder(restrictions))
    return refuse({ kind: 'no-care-order' });
  if (restrictions.some((restriction) => closes(restriction, { ...wish, ground: 'MANUAL' })))
    return refuse({ kind: 'person-restricted' });
  return accept(wish);
}

/**
 * What an approved wish makes of the grants there are: a new one, a longer one on the same basis, or one in the place of
 * another. Whether it opens is worked out with all else that is known of the child. Whoever approved it has seen how far
 * the child is protected, and lets it through at that level.
 */
export function applyWish(
  childId: string,
  wish: Wish,
  known: readonly Grant[],
  { derivation, decisionId, newId }: { derivation: Derivation; decisionId: string; newId: () => string },
): readonly GrantChange[] {
  const before = known.find(({ ground, personId }) => ground === 'MANUAL' && personId === wish.personId);
  const decided = {
    decisionId,
    decidedUntil: wish.endsOn,
    confirmedFor: holdsAt(derivation.heldProtection),
    confirmationId: null,
    endsOn: earliest(derivation.endsOn, wish.endsOn),
  };
  if (before?.basis === wish.basis)
    return [{ grant: { ...before, ...decided }, from: before.state, reason: 'RENEWED' }];
  const fresh: Grant = {
    ...decided,
    grantId: newId(),
    childId,
    personId: wish.personId,
    ground: 'MANUAL',
    basis: wish.basis,
    state: 'PENDING',
    holds: [],
  };
  return [
    ...(before === undefined
      ? []
      : [
          {
            grant: { ...before, state: 'ENDED', holds: [] },
            from: before.state,
            reason: 'REPLACED',
          } as const,
        ]),
    { grant: fresh, from: null, reason: 'DOCUMENTED' },
  ];
}
