import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import {
  type ApprovalRefusal,
  type Outcome,
  type Capacity,
  decideApproval,
  decideRejection,
} from '../domain/decisions.ts';
import type { Refusal as FeatureRefusal } from '../domain/feature.ts';
import { type Proposal, matterOf } from '../domain/proposals.ts';
import * as deciders from '../store/deciders.ts';
import * as proposals from '../store/proposals.ts';
import { type AssignmentRefusal, prepareRole } from './assign-role.ts';
import { type ConfirmationRefusal, prepareConfirmation } from './confirm-grant.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { type GrantRefusal, prepareGranting } from './grant-access.ts';
import { type LiftRefusal, prepareLifting } from './lift-restriction.ts';
import { type Met, capacitiesOf, capacitiesOfAll, meetChild, meetMunicipality } from './meet-case.ts';
import { capacitiesAt, meetReopening } from './meet-director.ts';
import type { Prepared } from './propose.ts';
import { type ReleaseRefusal, prepareRelease } from './release-protection.ts';
import { prepareReopening } from './reopen-feature.ts';

type OutdatedRefusal =
  AssignmentRefusal | ConfirmationRefusal | FeatureRefusal | GrantRefusal | LiftRefusal | ReleaseRefusal;

/** Approves what somebody else has proposed, and does it, as things stand now. */
export function approveProposal(
  deps: Deps,
  actor: Actor,
  proposalId: string,
): Promise<Result<Proposal, ApprovalRefusal | OutdatedRefusal>> {
  return deps.db.decide(
    actor,
    (tx) => meetProposal(deps, tx, actor, proposalId),
    async (tx, met) => about(met.reads, await approve(deps, tx, met, proposalId)),
  );
}

async function approve(
  deps: Deps,
  tx: Tx,
  met: Met,
  proposalId: string,
): Promise<Result<Proposal, ApprovalRefusal | OutdatedRefusal>> {
  const event = { ...deps, db: tx };
  const proposal = (await proposals.load(tx, proposalId))!;
  if (isAnswered(proposal, met, 'APPLIED')) return accept(proposal);
  const decision = decideApproval(toProposed(proposal, met), {
    approver: met.capacities,
    proposer: await capacitiesOfProposer(deps, tx, proposal),
    areSame: await deciders.areSame(tx, met.actor.personId, proposal.proposedBy),
    today: today(deps),
  });
  if (!decision.ok) return decision;
  const prepared = await prepareAgain(event, proposal, met.actor);
  if (!prepared.ok) return prepared;
  await proposals.decide(tx, proposalId, { decidedBy: met.actor.personId, outcome: 'APPLIED' });
  await prepared.value.apply();
  return accept((await proposals.load(tx, proposalId))!);
}

/** Says no to a proposal, or takes back one's own. Nothing changes but that it does not wait any more. */
export function rejectProposal(
  deps: Deps,
  actor: Actor,
  proposalId: string,
): Promise<Result<Proposal, ApprovalRefusal>> {
  return deps.db.decide(
    actor,
    (tx) => meetProposal(deps, tx, actor, proposalId),
    async (tx, met) => about(met.reads, await reject(deps, tx, met, proposalId)),
  );
}

async function reject(
  deps: Deps,
  tx: Tx,
  met: Met,
  proposalId: string,
): Promise<Result<Proposal, ApprovalRefusal>> {
  const proposal = (await proposals.load(tx, proposalId))!;
  if (isAnswered(proposal, met, 'REJECTED')) return accept(proposal);
  const decision = decideRejection(toProposed(proposal, met), {
    capacities: met.capacities,
    isProposer: proposal.proposedBy === met.actor.personId,
    today: today(deps),
  });
  if (!decision.ok) return decision;
  await proposals.decide(tx, proposalId, { decidedBy: met.actor.personId, outcome: 'REJECTED' });
  return accept((await proposals.load(tx, proposalId))!);
}

async function meetProposal(deps: Deps, tx: Tx, actor: Actor, proposalId: string): Promise<Met> {
  const proposal = isId(proposalId) ? await proposals.load(tx, proposalId) : undefined;
  if (proposal === undefined) throw new AppError('NOT_FOUND');
  const { subject } = proposal;
  if (subject.kind === 'REOPEN_FEATURE') return meetReopening(deps, tx, actor, subject.place);
  return 'childId' in subject && subject.childId !== null
    ? meetChild(deps, tx, actor, subject.childId)
    : meetMunicipality(deps, tx, actor);
}

/** The same answer of the same person once more. */
const isAnswered = (proposal: Proposal, { actor }: Met, outcome: Outcome): boolean =>
  proposal.outcome === outcome && proposal.decidedBy === actor.personId && proposal.needsTwo;

const toProposed = ({ subject, outcome, expiresOn }: Proposal, { protection }: Met) => ({
  matter: matterOf(subject, protection),
  outcome,
  expiresOn,
});

/** Whoever proposed it must still be somebody who may. */
async function capacitiesOfProposer(
  deps: Deps,
  tx: Tx,
  { subject, proposedBy }: Proposal,
): Promise<readonly Capacity[]> {
  const proposer: StaffActor = { kind: 'staff', personId: proposedBy, level: 'substantial' };
  if ('childId' in subject && subject.childId !== null)
    return (await capacitiesOf(deps, tx, proposer, subject.childId)).capacities;
  if (subject.kind === 'REOPEN_FEATURE') return capacitiesAt(deps, tx, proposer, subject.place);
  return capacitiesOfAll(deps, tx, proposer);
}

function prepareAgain(
  deps: EventDeps,
  proposal: Proposal,
  actor: StaffActor,
): Promise<Result<Prepared, OutdatedRefusal>> {
  const { proposalId: decisionId, subject } = proposal;
  switch (subject.kind) {
    case 'CONFIRM_GRANT':
      return prepareConfirmation(deps, subject, { actor, decisionId });
    case 'GRANT_ACCESS':
      return prepareGranting(deps, subject, { actor, decisionId });
    case 'LIFT_RESTRICTION':
      return prepareLifting(deps, subject.restrictionId, { actor, decisionId });
    case 'RELEASE_PROTECTION':
      return prepareRelease(deps, { childId: subject.childId, levels: subject }, actor);
    case 'ASSIGN_ROLE':
      return prepareRole(deps, subject, { actor, decisionId });
    case 'REOPEN_FEATURE':
      return prepareReopening(deps, subject, proposal);
    case 'IMPOSE_RESTRICTION':
    case 'CLOSE_WORK_ITEM':
    case 'ASSIGN_SUBSTITUTE':
    case 'END_ROLE':
      throw new AppError('INTERNAL', 'what one person decides waits for nobody');
  }
}
