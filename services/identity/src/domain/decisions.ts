import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Hold } from './guardianship.ts';
import { isTimed } from './grants.ts';
import { type Protection, isHidden } from './protection.ts';
import type { Restriction } from './restrictions.ts';
import type { Problem } from './work-items.ts';

/** In what capacity a member of staff meets a matter, by the roles they hold today and what the matter is about. */
export type Capacity =
  | 'LEADER_IN_CHARGE'
  | 'CASE_WORKER'
  | 'PROTECTION_OFFICER'
  | 'MUNICIPAL_ADMINISTRATOR'
  | 'PRIVACY_OFFICER'
  | 'LEADER_OF_UNIT';

/** Who may propose, who may decide, and whether these have to be two people. */
export interface Rule {
  readonly proposes: readonly Capacity[];
  readonly decides: readonly Capacity[];
  readonly needsTwo: boolean;
  /** False where what is decided says enough by itself. */
  readonly needsReason: boolean;
}

const anyInCharge: readonly Capacity[] = ['LEADER_IN_CHARGE', 'CASE_WORKER', 'PROTECTION_OFFICER'];
const officers: readonly Capacity[] = ['PROTECTION_OFFICER'];
const inCharge: readonly Capacity[] = ['LEADER_IN_CHARGE', 'PROTECTION_OFFICER'];
const one = (capacities: readonly Capacity[], needsReason = true): Rule => ({
  proposes: capacities,
  decides: capacities,
  needsTwo: false,
  needsReason,
});
const two = (proposes: readonly Capacity[], decides = proposes): Rule => ({
  proposes,
  decides,
  needsTwo: true,
  needsReason: true,
});

/** Every matter that staff decide, and by whom (security § 2, GUA-05, GUA-12, ADR-04, ADR-10, ADR-13). */
const rules = {
  IMPOSE_RESTRICTION: one(anyInCharge, false),
  LIFT_UNIT_RESTRICTION: one(['LEADER_IN_CHARGE', 'PROTECTION_OFFICER']),
  /** What a court, child welfare or the police ordered. */
  LIFT_ORDERED_RESTRICTION: two(anyInCharge, officers),
  /** Given to others than the parents (`andre`): one, with proof. */
  CONFIRM_HOLDER: one(anyInCharge),
  /** Whoever the register cannot vouch for, or had lost access for a reason that is forgotten: two, with proof. */
  CONFIRM_IDENTITY: two(anyInCharge),
  CONFIRM_PROTECTED: one(officers),
  CONFIRM_PROTECTED_IDENTITY: two(officers),
  CONFIRM_STRICTLY_PROTECTED: two(officers),
  GRANT_ACCESS: two(anyInCharge),
  GRANT_ACCESS_TO_PROTECTED: two(anyInCharge, officers),
  /** The unit knows who is needed, and an officer says who may; where it is strict, nobody alone (ADR-10, security § 2). */
  NAME_STAFF: { proposes: inCharge, decides: officers, needsTwo: false, needsReason: true },
  NAME_STAFF_STRICTLY: two(inCharge, officers),
  END_NAMING: one(inCharge, false),
  RELEASE_PROTECTION: one(officers),
  RELEASE_STRICT_PROTECTION: two(officers),
  CLOSE_ITEM: one(anyInCharge),
  /** To leave a protected child's people held is the officer's, as it is to let them through. */
  CLOSE_PROTECTION_ITEM: one(officers),
  ASSIGN_MUNICIPAL_ROLE: two(['MUNICIPAL_ADMINISTRATOR'], ['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER']),
  END_MUNICIPAL_ROLE: one(['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'], false),
  ASSIGN_SUBSTITUTE: one(['LEADER_OF_UNIT'], false),
  END_SUBSTITUTE: one(['LEADER_OF_UNIT'], false),
  /** A start after an emergency stop (security § 5). */
  REOPEN_FEATURE: two(['MUNICIPAL_ADMINISTRATOR', 'LEADER_OF_UNIT'], ['MUNICIPAL_ADMINISTRATOR']),
  /** To let go all that was held when the register changed too much at once opens a lot; to refuse it opens nothing. */
  RELEASE_QUARANTINE: two(['MUNICIPAL_ADMINISTRATOR', 'PROTECTION_OFFICER']),
  REFUSE_QUARANTINE: one(['MUNICIPAL_ADMINISTRATOR', 'PROTECTION_OFFICER']),
} as const satisfies Record<string, Rule>;
export type Matter = keyof typeof rules;
/** Whether a proposal waits for somebody else: where the rules ask for two, or whoever makes it may propose and no more. */
export const needsTwo = (matter: Matter, capacities: readonly Capacity[]): boolean =>
  rules[matter].needsTwo || !meets(capacities, rules[matter].decides);

/** What it is to let a grant through that is held for these: the gravest of them decides. */
export function matterOfHolds(holds: readonly Hold[]): Matter {
  if (holds.includes('PROTECTION_STRENGT_FORTROLIG')) return 'CONFIRM_STRICTLY_PROTECTED';
  const forTwo: readonly Hold[] = ['SPLIT', 'LOST_BEFORE_RESTORE', 'REFUSED'];
  const isOfIdentity = holds.some((hold) => isTimed(hold) || forTwo.includes(hold));
  if (holds.includes('PROTECTION_FORTROLIG'))
    return isOfIdentity ? 'CONFIRM_PROTECTED_IDENTITY' : 'CONFIRM_PROTECTED';
  return isOfIdentity ? 'CONFIRM_IDENTITY' : 'CONFIRM_HOLDER';
}

export const matterOfLifting = ({ authority }: Pick<Restriction, 'authority'>): Matter =>
  authority === 'UNIT' ? 'LIFT_UNIT_RESTRICTION' : 'LIFT_ORDERED_RESTRICTION';

export const matterOfGranting = (held: Protection): Matter =>
  isHidden(held) ? 'GRANT_ACCESS_TO_PROTECTED' : 'GRANT_ACCESS';

export const matterOfNaming = (held: Protection): Matter =>
  held === 'STRENGT_FORTROLIG' ? 'NAME_STAFF_STRICTLY' : 'NAME_STAFF';

export const matterOfReleasing = (held: Protection): Matter =>
  held === 'STRENGT_FORTROLIG' ? 'RELEASE_STRICT_PROTECTION' : 'RELEASE_PROTECTION';

const ofProtection: readonly string[] = [
  'PROTECTION',
  'PROTECTION_LOWERED',
  'NO_STAFF_NAMED',
] satisfies readonly Problem[];
export const matterOfClosing = (kind: string): Matter =>
  ofProtection.includes(kind) ? 'CLOSE_PROTECTION_ITEM' : 'CLOSE_ITEM';

/** What came of a proposal. */
export type Outcome = 'APPLIED' | 'REJECTED' | 'EXPIRED';

/** A proposal that waits, as far as deciding it goes. */
export interface Proposed {
  readonly matter: Matter;
  readonly outcome: Outcome | null;
  /** The first day that it cannot be decided any more. */
  readonly expiresOn: LocalDate;
}

/** Days that a proposal waits for its second person. */
export const proposalDays = 14;

export type ProposalRefusal = {
  readonly kind: 'not-yours-to-decide' | 'proof-missing';
};
export type ApprovalRefusal = {
  readonly kind:
    'not-yours-to-decide' | 'already-decided' | 'proposal-expired' | 'own-proposal' | 'proposer-role-ended';
};

/** Whether somebody is one of those who propose such a thing, whatever it is about. */
export const mayPropose = (matter: Matter, capacities: readonly Capacity[]): boolean =>
  meets(capacities, rules[matter].proposes);

/** Whether somebody may make a proposal; where it needs nobody else, it is decided with that. */
export function decideProposal(
  matter: Matter,
  capacities: readonly Capacity[],
  reason: string | null,
): Result<null, ProposalRefusal> {
  if (!mayPropose(matter, capacities)) return refuse({ kind: 'not-yours-to-decide' });
  return rules[matter].needsReason && reason === null ? refuse({ kind: 'proof-missing' }) : accept(null);
}

/** Whether somebody may approve what another has proposed. Who proposed it must still be somebody who may. */
export function decideApproval(
  { matter, outcome, expiresOn }: Proposed,
  who: {
    readonly approver: readonly Capacity[];
    readonly proposer: readonly Capacity[];
    /** True when they are one human, whatever ids they signed in by. */
    readonly areSame: boolean;
    readonly today: LocalDate;
  },
): Result<null, ApprovalRefusal> {
  const { proposes, decides } = rules[matter];
  if (!meets(who.approver, decides)) return refuse({ kind: 'not-yours-to-decide' });
  if (outcome === 'EXPIRED' || (outcome === null && expiresOn <= who.today))
    return refuse({ kind: 'proposal-expired' });
  if (outcome !== null) return refuse({ kind: 'already-decided' });
  if (who.areSame) return refuse({ kind: 'own-proposal' });
  return meets(who.proposer, proposes) ? accept(null) : refuse({ kind: 'proposer-role-ended' });
}

/** Whoever may decide may say no, and whoever proposed may take it back. */
export function decideRejection(
  { matter, outcome, expiresOn }: Proposed,
  who: { readonly capacities: readonly Capacity[]; readonly isProposer: boolean; readonly today: LocalDate },
): Result<null, ApprovalRefusal> {
  if (!who.isProposer && !meets(who.capacities, rules[matter].decides))
    return refuse({ kind: 'not-yours-to-decide' });
  if (outcome === 'EXPIRED' || (outcome === null && expiresOn <= who.today))
    return refuse({ kind: 'proposal-expired' });
  return outcome === null ? accept(null) : refuse({ kind: 'already-decided' });
}

const meets = (capacities: readonly Capacity[], wanted: readonly Capacity[]): boolean =>
  capacities.some((capacity) => wanted.includes(capacity));
