import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ClaimRefusal, ClaimWithdrawalRefusal, ClaimingRefusal, Verdict } from '../domain/claim.ts';
import { assignClaim, readClaimsToAssign } from '../usecases/assign-claim.ts';
import { claimPriority } from '../usecases/claim-priority.ts';
import { decideClaim, noteProof } from '../usecases/decide-claim.ts';
import { type ShownClaim, readAssignedClaims } from '../usecases/read-claims.ts';
import { withdrawClaim } from '../usecases/withdraw-claim.ts';
import { readInstantAndId, readReason, requireKey } from './arguments.ts';
import type { Context } from './context.ts';
import type {
  MutationResolvers,
  PlacementApplicationResolvers,
  PlacementClaimRefused,
  PlacementClaimResolvers,
  PlacementVerdict,
  QueryResolvers,
  WaitingClaimResolvers,
} from './generated/types.ts';
import { shownApplication } from './application.ts';
import { said } from './refusal-texts.ts';

const verdicts = {
  granted: 'GRANTED',
  refused: 'REFUSED',
} as const satisfies Record<Exclude<Verdict, 'undecided'>, PlacementVerdict>;
const decided = {
  GRANTED: 'granted',
  REFUSED: 'refused',
} as const satisfies Record<PlacementVerdict, Verdict>;

/** A claim, as the actor sees it now. */
export async function shownClaim({ claims }: Pick<Context, 'claims'>, id: string): Promise<ShownClaim> {
  const found = isId(id) ? await claims.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

type Fields =
  '__resolveReference' | 'application' | 'unit' | 'verdict' | 'provenAt' | 'claimedAt' | 'verdicts';
export const claim: Required<Pick<PlacementClaimResolvers<Context>, Fields>> = {
  __resolveReference: ({ id }, context) => shownClaim(context, id),
  application: ({ applicationId }, _args, context) => shownApplication(context, applicationId),
  unit: ({ unitId }) => (unitId === null ? null : { id: unitId }),
  verdict: ({ verdict }) => (verdict === 'undecided' ? null : verdicts[verdict]),
  provenAt: ({ provenAt }) => provenAt?.toISOString() ?? null,
  claimedAt: ({ claimedAt }) => claimedAt?.toISOString() ?? null,
  verdicts: (shown) =>
    shown.verdicts.map(({ verdict, reason, decidedAt }) => ({
      ...{ verdict: verdicts[verdict], reason, decidedAt: decidedAt.toISOString() },
    })),
};

export const waitingClaim: Required<Pick<WaitingClaimResolvers<Context>, 'round' | 'claimedAt'>> = {
  round: ({ roundId }, _args, { rounds }) => rounds.load(roundId),
  claimedAt: ({ claimedAt }) => claimedAt.toISOString(),
};

export const claimsOfApplication: Required<Pick<PlacementApplicationResolvers<Context>, 'claims'>> = {
  claims: ({ id }, _args, { applicationClaims }) => applicationClaims.load(id),
};

type Queries = 'placementClaim' | 'placementClaimsToAssign' | 'assignedPlacementClaims';
export const claimQueries: Required<Pick<QueryResolvers<Context>, Queries>> = {
  placementClaim: (_parent, { id }, context) => shownClaim(context, id),
  placementClaimsToAssign: async (_parent, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = await readClaimsToAssign(deps, actor, { first, after: readInstantAndId(after) });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, ({ id, claimedAt }) => `${claimedAt.toISOString()}/${id}`);
  },
  assignedPlacementClaims: async (_parent, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = await readAssignedClaims(deps, actor, { first, after: readInstantAndId(after) });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, ({ id, claimedAt }) => `${claimedAt.toISOString()}/${id}`);
  },
};

const longestFlag = 40;
type Change =
  | 'claimPlacementPriority'
  | 'withdrawPlacementClaim'
  | 'assignPlacementClaim'
  | 'notePlacementProof'
  | 'decidePlacementClaim';

export const claimMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  claimPlacementPriority: async (_parent, { input }, { deps, actor, claims, applicationClaims }) => {
    const { applicationId, flag, unitId = null } = input;
    if (!isId(applicationId)) throw new AppError('NOT_FOUND');
    if (flag.length > longestFlag)
      throw new AppError('BAD_USER_INPUT', `a flag has at most ${longestFlag} characters`);
    if (unitId !== null && !isId(unitId)) return refused({ kind: 'E_UNKNOWN_K' });
    const result = await claimPriority(deps, actor, { applicationId, flag, unitId });
    if (!result.ok) return refused(result.refusal);
    applicationClaims.clear(applicationId);
    return {
      __typename: 'PlacementPriorityClaimed',
      claim: await shownClaim({ claims }, result.value.id),
    };
  },
  withdrawPlacementClaim: async (_parent, { input: { claimId } }, context) => {
    const { deps, actor, claims, applicationClaims } = context;
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    const result = await withdrawClaim(deps, actor, claimId);
    if (!result.ok) return refused(result.refusal);
    const { applicationId } = result.value;
    claims.clear(claimId);
    applicationClaims.clear(applicationId);
    return {
      __typename: 'PlacementClaimWithdrawn',
      application: await shownApplication(context, applicationId),
    };
  },
  assignPlacementClaim: async (_parent, { input: { claimId, personId } }, { deps, actor }) => {
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    if (!isId(personId)) return refused({ kind: 'E_ASSIGNEE' });
    const result = await assignClaim(deps, actor, { claimId, personId });
    return result.ok ? { __typename: 'PlacementClaimAssigned', claimId } : refused(result.refusal);
  },
  notePlacementProof: async (_parent, { input: { claimId, provenAt } }, context) => {
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    const wanted = { claimId, provenAt: new Date(provenAt) };
    return asDecided(context, claimId, await noteProof(context.deps, context.actor, wanted));
  },
  decidePlacementClaim: async (_parent, { input }, context) => {
    const { claimId, idempotencyKey } = input;
    requireKey(idempotencyKey);
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    const wanted = {
      claimId,
      idempotencyKey,
      verdict: decided[input.verdict],
      reason: readReason(input.reason),
    };
    return asDecided(context, claimId, await decideClaim(context.deps, context.actor, wanted));
  },
};

async function asDecided(
  { claims }: Pick<Context, 'claims'>,
  claimId: string,
  result: Awaited<ReturnType<typeof decideClaim>>,
) {
  if (!result.ok) return refused(result.refusal);
  claims.clear(claimId);
  return { __typename: 'PlacementClaimDecided' as const, claim: await shownClaim({ claims }, claimId) };
}

const refused = (
  refusal: ClaimRefusal | ClaimWithdrawalRefusal | ClaimingRefusal | { readonly kind: 'E_ASSIGNEE' },
): PlacementClaimRefused & { readonly __typename: 'PlacementClaimRefused' } => ({
  ...{ __typename: 'PlacementClaimRefused', ...said(refusal.kind) },
});
