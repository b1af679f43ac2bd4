import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type ApplicationState,
  type ApplicationRefusal,
  type KnownRound,
  decideOpen,
} from './application.ts';
import { isInTime } from './deadline.ts';
import { type RoundState, isChangeable } from './round.ts';
import type { StatuteRule } from './statutes.ts';

/** Flags that say something of health or of child welfare: who decides on them is few, and nobody else reads of them (BHG-09, P24). */
export const sensitiveFlags: ReadonlySet<string> = new Set(['law18', 'stress']);

/** Flags that nobody claims: who has the right to a place is worked out, and an appeal is upheld by others. */
const neverClaimed: ReadonlySet<string> = new Set(['right', 'appealUpheld']);

/** What can be claimed where units rank by some rules: by law everywhere, and what their statutes know (BHG-09, BHG-10). */
export const claimable = (rules: readonly StatuteRule[]): ReadonlySet<string> =>
  new Set(
    ['law18', ...rules.flatMap((rule) => ('groups' in rule ? rule.groups : Object.keys(rule.points)))].filter(
      (flag) => !neverClaimed.has(flag),
    ),
  );

export type ClaimingRefusal =
  | Extract<ApplicationRefusal, { kind: 'E_STATE' | 'E_ROUND_NOT_OPEN' | 'E_DEADLINE' }>
  | { readonly kind: 'E_UNKNOWN_FLAG' | 'E_UNKNOWN_K' };

/** Something is claimed with an application that is sent, as long as it may be changed: at a unit that it wishes for, or wherever it does. */
export function decideClaim(
  { flag, unit }: { readonly flag: string; readonly unit: string | null },
  known: Pick<KnownRound, 'round' | 'now'> & {
    readonly state: ApplicationState;
    readonly wished: readonly string[];
    /** The rules of the units that the claim is for. */
    readonly rules: readonly StatuteRule[];
  },
): Result<'claimed', ClaimingRefusal> {
  if (known.state !== 'submitted') return refuse({ kind: 'E_STATE', state: known.state });
  const isOpen = decideOpen(known);
  if (!isOpen.ok) return isOpen;
  if (unit !== null && !known.wished.includes(unit)) return refuse({ kind: 'E_UNKNOWN_K' });
  return claimable(known.rules).has(flag) ? accept('claimed') : refuse({ kind: 'E_UNKNOWN_FLAG' });
}

export type ClaimWithdrawalRefusal =
  | Extract<ApplicationRefusal, { kind: 'E_STATE' | 'E_ROUND_NOT_OPEN' | 'E_DEADLINE' }>
  | { readonly kind: 'E_DECIDED' | 'E_NOT_CLAIMANT' };

/**
 * A claim is taken back by whoever made it, as long as the application may be changed and nobody has decided on it; once the other guardian is responsible no
 * more, by whoever is left. What is decided stands, and only another verdict replaces it (ADM-10).
 */
export function decideClaimWithdrawal(
  { verdict }: Pick<Claim, 'verdict'>,
  known: Pick<KnownRound, 'round' | 'now'> & {
    readonly state: ApplicationState;
    readonly isClaimant: boolean;
    readonly isClaimantGone: boolean;
  },
): Result<'withdrawn', ClaimWithdrawalRefusal> {
  if (known.state !== 'submitted') return refuse({ kind: 'E_STATE', state: known.state });
  const isOpen = decideOpen(known);
  if (!isOpen.ok) return isOpen;
  if (verdict !== 'undecided') return refuse({ kind: 'E_DECIDED' });
  return known.isClaimant || known.isClaimantGone ? accept('withdrawn') : refuse({ kind: 'E_NOT_CLAIMANT' });
}

/** Who decides on a claim: priority by law apart from all others (placement § 10). */
export type Desk = 'law18' | 'general';

export const deskOf = (flag: string): Desk => (sensitiveFlags.has(flag) ? 'law18' : 'general');

export type Verdict = 'undecided' | 'granted' | 'refused';

/** What is claimed of a child, and what shows it. The engine gets to know the flag, and nothing of why. */
export interface Claim {
  readonly id: string;
  readonly applicationId: string;
  readonly flag: string;
  readonly verdict: Verdict;
  /** When it was shown; null while it was not. */
  readonly provenAt: Date | null;
}

export type ClaimRefusal = {
  readonly kind:
    | 'E_OTHER_DESK'
    | 'E_NO_PROOF'
    | 'E_LATE_PROOF'
    | 'E_NO_REASON'
    | 'E_UNCHANGED'
    /** The round is published, or not open yet. */
    | 'E_ROUND_STATE'
    /** Proof that has not come yet. */
    | 'E_PROOF_AHEAD';
};

/**
 * Somebody decides on a claim. It is granted on proof alone, and in a round that has a deadline on proof that came in time (BHG-09). A
 * refusal has reasons (ADM-02), as has every verdict that replaces another (ADM-10).
 */
export function decideVerdict(
  { flag, verdict, provenAt }: Claim,
  wanted: {
    readonly verdict: Exclude<Verdict, 'undecided'>;
    readonly desks: readonly Desk[];
    readonly reason: string | null;
    readonly deadline: Date | null;
    readonly roundState: RoundState;
  },
): Result<Verdict, ClaimRefusal> {
  const { desks, reason, deadline } = wanted;
  if (!isChangeable(wanted.roundState, 'verdicts')) return refuse({ kind: 'E_ROUND_STATE' });
  if (!desks.includes(deskOf(flag))) return refuse({ kind: 'E_OTHER_DESK' });
  if (wanted.verdict === verdict) return refuse({ kind: 'E_UNCHANGED' });
  const hasReason = reason !== null && reason.trim() !== '';
  if (!hasReason && (wanted.verdict === 'refused' || verdict !== 'undecided'))
    return refuse({ kind: 'E_NO_REASON' });
  if (wanted.verdict === 'granted') {
    if (provenAt === null) return refuse({ kind: 'E_NO_PROOF' });
    if (deadline !== null && !isInTime(provenAt, deadline)) return refuse({ kind: 'E_LATE_PROOF' });
  }
  return accept(wanted.verdict);
}

/** Somebody says when a claim was shown, whose document they have seen; not ahead of time, and nothing of what is decided for good. */
export function decideProof(
  provenAt: Date,
  { now, roundState }: { readonly now: Date; readonly roundState: RoundState },
): Result<Date, ClaimRefusal> {
  if (!isChangeable(roundState, 'verdicts')) return refuse({ kind: 'E_ROUND_STATE' });
  return provenAt <= now ? accept(provenAt) : refuse({ kind: 'E_PROOF_AHEAD' });
}

/** The flags that count in a run: what is granted, and nothing that is still undecided. */
export const flagsOf = (claims: readonly Claim[]): readonly string[] => [
  ...new Set(claims.flatMap(({ flag, verdict }) => (verdict === 'granted' ? [flag] : []))),
];

/** What somebody has to decide on before an application is complete. */
export const undecidedOf = (
  claims: readonly Claim[],
): readonly { readonly application: string; readonly flag: string }[] =>
  claims.flatMap(({ applicationId, flag, verdict }) =>
    verdict === 'undecided' ? [{ application: applicationId, flag }] : [],
  );

/** What a case worker sees of the claims: of another desk's not even that there is one. */
export const claimsFor = (desks: readonly Desk[], claims: readonly Claim[]): readonly Claim[] =>
  claims.filter(({ flag }) => desks.includes(deskOf(flag)));
