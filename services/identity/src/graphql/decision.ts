import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import type { ImpositionRefusal } from '../domain/restrictions.ts';
import type { CloseRefusal } from '../usecases/close-work-item.ts';
import type { ApproveRefusal } from '../usecases/decide-proposal.ts';
import type { EndNamingRefusal } from '../usecases/end-naming.ts';
import type { EndRoleRefusal } from '../usecases/end-role.ts';
import type { GrantRefusal } from '../usecases/grant-access.ts';
import type { Asked, ProposeRefusal } from '../usecases/propose.ts';
import { readProposal } from '../usecases/read-cases.ts';
import type { RefusalCode, ResolversTypes } from './generated/types.ts';
import { readKey } from './information-request.ts';
import { refusalOf } from './refusal-texts.ts';
import type { Context } from './types.ts';

type Refusal =
  | ProposeRefusal
  | ApproveRefusal
  | ImpositionRefusal
  | CloseRefusal
  | EndNamingRefusal
  | EndRoleRefusal
  | GrantRefusal;

const codes = {
  'not-yours-to-decide': 'DECISION_NOT_YOURS',
  'proof-missing': 'DECISION_REASON_MISSING',
  'proposal-outdated': 'DECISION_OUTDATED',
  'own-proposal': 'PROPOSAL_OWN',
  'already-decided': 'PROPOSAL_DECIDED',
  'proposal-expired': 'PROPOSAL_EXPIRED',
  'proposer-role-ended': 'PROPOSER_ROLE_ENDED',
  'not-held': 'GRANT_NOT_HELD',
  'cannot-be-let-through': 'GRANT_CANNOT_BE_LET_THROUGH',
  'person-unknown': 'PERSON_UNKNOWN',
  'person-restricted': 'PERSON_RESTRICTED',
  'number-not-accepted': 'NUMBER_NOT_ACCEPTED',
  'for-oneself': 'DECISION_FOR_ONESELF',
  'end-wrong': 'GRANT_END_INVALID',
  'register-settles-it': 'REGISTER_SETTLES',
  'no-care-order': 'CARE_ORDER_MISSING',
  'review-day-wrong': 'RESTRICTION_REVIEW_INVALID',
  'restriction-incoherent': 'RESTRICTION_INCOHERENT',
  'already-lifted': 'RESTRICTION_LIFTED',
  'already-closed': 'WORK_ITEM_CLOSED',
  'not-protected': 'CHILD_NOT_PROTECTED',
  'naming-days-wrong': 'NAMING_DAYS_INVALID',
  'not-in-charge': 'STAFF_NOT_IN_CHARGE',
  'is-party': 'STAFF_IS_PARTY',
  'already-named': 'STAFF_NAMED',
  'naming-ended': 'NAMING_ENDED',
  'login-unknown': 'LOGIN_UNKNOWN',
  'role-ended': 'ROLE_ENDED',
  'role-too-long': 'ROLE_TOO_LONG',
  'role-held': 'ROLE_HELD',
  'role-above-own': 'ROLE_NOT_YOURS_TO_GIVE',
  'role-not-of-unit': 'ROLE_NOT_OF_UNIT',
  'role-of-roster': 'ROLE_OF_ROSTER',
  'quarantine-over': 'QUARANTINE_OVER',
  'opening-day-past': 'FEATURE_OPENING_DAY_PAST',
  'opening-day-unwise': 'FEATURE_OPENING_DAY_UNWISE',
  'feature-not-turned-on': 'FEATURE_NOT_TURNED_ON',
  'feature-stopped-above': 'FEATURE_STOPPED_ABOVE',
} as const satisfies Record<Exclude<Refusal['kind'], 'already-proposed'>, RefusalCode>;

/** What somebody is answered who decided something, or wanted to. */
export async function toDecided(
  { deps, actor }: Context,
  result: Result<Proposal, Refusal>,
): Promise<ResolversTypes['DecisionResult']> {
  if (result.ok) return { __typename: 'Decided', proposal: await readProposal(deps, actor, result.value) };
  const { refusal } = result;
  if (refusal.kind !== 'already-proposed')
    return { __typename: 'DecisionRefused', ...refusalOf(codes[refusal.kind]) };
  const proposal = await readProposal(deps, actor, refusal.proposal);
  return { __typename: 'ProposalStands', ...refusalOf('PROPOSAL_STANDS'), proposal };
}

const longestText = 2_000;

/** A text of somebody's within its length, or none. */
export function readWords(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  if (text.length > longestText)
    throw new AppError('BAD_USER_INPUT', `a text has at most ${longestText} characters`);
  return text.trim() === '' ? null : text.trim();
}

/** What is asked, as the use cases take it: its key, its words, and all of it to be told from another question. */
export function toAsked(
  mutation: string,
  { idempotencyKey, ...input }: { readonly idempotencyKey: string },
  words: string | null | undefined = null,
): Asked {
  return {
    idempotencyKey: readKey(idempotencyKey),
    question: { mutation, ...input },
    reason: readWords(words),
  };
}
