import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type ApprovalRefusal,
  type Outcome,
  type Capacity,
  decideApproval,
  decideRejection,
} from '../domain/decisions.ts';
import type { Refusal as FeatureRefusal } from '../domain/feature.ts';
import { type Proposal, isOutdated, matterOf } from '../domain/proposals.ts';
import * as deciders from '../store/deciders.ts';
import * as proposals from '../store/proposals.ts';
import { type AssignmentRefusal, prepareRole } from './assign-role.ts';
import { type ConfirmationRefusal, prepareConfirmation } from './confirm-grant.ts';
import {
  type QuarantineRefusal,
  meetQuarantine,
  prepareQuarantine,
  quarantineCapacities,
} from './decide-quarantine.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { type GrantRefusal, prepareGranting } from './grant-access.ts';
import { type LiftRefusal, prepareLifting } from './lift-restriction.ts';
import { type Met, capacitiesOf, capacitiesOfAll, meetChild, meetMunicipality } from './meet-case.ts';
import { capacitiesAt, meetReopening } from './meet-director.ts';
import { type NamingRefusal, prepareNaming } from './name-staff.ts';
import type { Prepared } from './propose.ts';
import { type ReleaseRefusal, prepareRelease } from './release-protection.ts';
import { prepareReopening } from './reopen-feature.ts';

type ActRefusal =
  | AssignmentRefusal
  | ConfirmationRefusal
  | FeatureRefusal
  | GrantRefusal
  | LiftRefusal
  | NamingRefusal
  | QuarantineRefusal
  | ReleaseRefusal;

export type ApproveRefusal = ApprovalRefusal | ActRefusal | { readonly kind: 'proposal-outdated' };

/** Approves what somebody else has proposed, and does it, as things stand now. */
export const approveProposal = (
  deps: Deps,
  actor: Actor,
  proposalId: string,
): Promise<Result<Proposal, ApproveRefusal>> =>
  answerProposal<ApproveRefusal>(
    deps,
    actor,
    { proposalId, outcome: 'APPLIED' },
    async (event, proposal, met) => {
      const decision = decideApproval(toProposed(proposal, met), {
        approver: met.capacities,
        proposer: await capacitiesOfProposer(deps, event.db, proposal),
        areSame: await deciders.areSame(event.db, met.actor.personId, proposal.proposedBy),
        today: today(deps),
      });
      if (!decision.ok) return decision;
      const prepared = await prepareAgain(event, proposal, met.actor);
      if (!prepared.ok) return prepared;
      if (isOutdated(proposal.subject, prepared.value.subject)) return refuse({ kind: 'proposal-outdated' });
      return accept(prepared.value.apply);
    },
  );

/** Says no to a proposal, or takes back one's own. Nothing changes but that it does not wait any more. */
export const rejectProposal = (
  deps: Deps,
  actor: Actor,
  proposalId: string,
): Promise<Result<Proposal, ApprovalRefusal>> =>
  answerProposal(deps, actor, { proposalId, outcome: 'REJECTED' }, async (_event, proposal, met) => {
    const isProposer = proposal.proposedBy === met.actor.personId;
    const who = { capacities: met.capacities, isProposer, today: today(deps) };
    const decision = decideRejection(toProposed(proposal, met), who);
    return decision.ok ? accept(async () => {}) : decision;
  });

interface Answered {
  readonly proposalId: string;
  readonly outcome: Outcome;
}

/**
 * Answers a proposal as somebody who meets its subject. The same answer of the same person once more is answered with what
 * stands, also when the subject has left their cases with it.
 */
function answerProposal<Refusal>(
  deps: Deps,
  actor: Actor,
  { proposalId, outcome }: Answered,
  decide: (event: EventDeps, proposal: Proposal, met: Met) => Promise<Result<() => Promise<void>, Refusal>>,
): Promise<Result<Proposal, Refusal>> {
  return deps.db.decide(
    actor,
    async (tx) => {
      const proposal = isId(proposalId) ? await proposals.load(tx, proposalId) : undefined;
      if (proposal === undefined || actor.kind !== 'staff') throw new AppError('NOT_FOUND');
      const isAnswered = proposal.outcome === outcome && proposal.decidedBy === actor.personId;
      return isAnswered && proposal.needsTwo ? proposal : meetProposal(deps, tx, actor, proposal);
    },
    async (tx, found): Promise<Answer<Result<Proposal, Refusal>>> => {
      if ('proposalId' in found) return aboutNobody(accept(found));
      // As it is in this transaction's turn.
      const proposal = (await proposals.load(tx, proposalId))!;
      const decision = await decide({ ...deps, db: tx }, proposal, found);
      if (!decision.ok) return about(found.reads, decision);
      await proposals.decide(tx, proposalId, { decidedBy: found.actor.personId, outcome });
      await decision.value();
      return about(found.reads, accept((await proposals.load(tx, proposalId))!));
    },
  );
}

async function meetProposal(deps: Deps, tx: Tx, actor: Actor, { subject }: Proposal): Promise<Met> {
  if (subject.kind === 'REOPEN_FEATURE') return meetReopening(deps, tx, actor, subject.place);
  if ('quarantineId' in subject) return meetQuarantine(deps, tx, actor);
  return 'childId' in subject && subject.childId !== null
    ? meetChild(deps, tx, actor, subject.childId)
    : meetMunicipality(deps, tx, actor);
}

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
  if ('quarantineId' in subject) return quarantineCapacities(deps, tx, proposer);
  return capacitiesOfAll(deps, tx, proposer);
}

function prepareAgain(
  deps: EventDeps,
  proposal: Proposal,
  actor: StaffActor,
): Promise<Result<Prepared, ActRefusal>> {
  const { proposalId: decisionId, subject } = proposal;
  switch (subject.kind) {
    case 'CONFIRM_GRANT':
      return prepareConfirmation(deps, subject.grantId, { actor, decisionId });
    case 'GRANT_ACCESS':
      return prepareGranting(deps, subject, { actor, decisionId });
    case 'LIFT_RESTRICTION':
      return prepareLifting(deps, subject.restrictionId, { actor, decisionId });
    case 'RELEASE_PROTECTION':
      return prepareRelease(deps, subject.childId, actor);
    case 'NAME_STAFF':
      return prepareNaming(deps, subject, { actor, decisionId });
    case 'ASSIGN_ROLE':
      return prepareRole(deps, subject, { actor, decisionId });
    case 'REOPEN_FEATURE':
      return prepareReopening(deps, subject, proposal);
    case 'RELEASE_QUARANTINE':
    case 'REFUSE_QUARANTINE':
      return prepareQuarantine(deps, subject, { actor, decisionId });
    case 'IMPOSE_RESTRICTION':
    case 'CLOSE_WORK_ITEM':
    case 'END_NAMING':
    case 'ASSIGN_SUBSTITUTE':
    case 'END_ROLE':
      throw new AppError('INTERNAL', 'what one person decides waits for nobody');
  }
}
