import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Override } from './round-instance.ts';
import { type RoundRefusal, type RoundState, isChangeable } from './round.ts';

export type HandRefusal =
  | RoundRefusal
  | { readonly kind: 'E_UNKNOWN_K' | 'E_BAD_GROUP' | 'E_UNKNOWN_APPLICATION' | 'E_BAD_SEATS' }
  /** Nobody approves what they have decided themselves, and nothing is approved twice. */
  | { readonly kind: 'E_OWN_DECISION' | 'E_UNCHANGED' };

export interface HandTerms {
  readonly state: RoundState;
  readonly unitIds: readonly string[];
  readonly groups: readonly string[];
  /** Of the applications that are named: those that whoever decides sees in the round. */
  readonly applicationIds: ReadonlySet<string>;
}

/** Decides by hand, with a reason, until a round is allocated (placement § 8, § 10). */
export function decideByHand(
  override: Override,
  reason: string,
  terms: HandTerms,
): Result<{ readonly override: Override; readonly reason: string }, HandRefusal> {
  const { state } = terms;
  if (!isChangeable(state, 'overrides')) return refuse({ kind: 'E_STATE', state });
  if (reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  const wrong = wrongWith(override, terms);
  return wrong === null ? accept({ override, reason: reason.trim() }) : refuse({ kind: wrong });
}

/** What is wrong with something decided by hand, here or in a scenario. */
export function wrongWith(
  override: Override,
  { unitIds, groups, applicationIds }: Omit<HandTerms, 'state'>,
): 'E_UNKNOWN_K' | 'E_BAD_GROUP' | 'E_UNKNOWN_APPLICATION' | 'E_BAD_SEATS' | null {
  if (!unitIds.includes(override.unitId)) return 'E_UNKNOWN_K';
  if (override.kind !== 'SEATS')
    return applicationIds.has(override.applicationId) ? null : 'E_UNKNOWN_APPLICATION';
  if (!groups.includes(override.group)) return 'E_BAD_GROUP';
  return Number.isSafeInteger(override.seats) && override.seats >= 0 ? null : 'E_BAD_SEATS';
}

/** A second person approves what another has decided by hand. */
export function decideApproval(
  {
    decidedBy,
    isApproved,
    isWithdrawn,
  }: { readonly decidedBy: string | null; readonly isApproved: boolean; readonly isWithdrawn: boolean },
  by: string,
  state: RoundState,
): Result<'approved', HandRefusal> {
  if (!isChangeable(state, 'overrides')) return refuse({ kind: 'E_STATE', state });
  if (isApproved || isWithdrawn) return refuse({ kind: 'E_UNCHANGED' });
  return decidedBy === by ? refuse({ kind: 'E_OWN_DECISION' }) : accept('approved');
}
