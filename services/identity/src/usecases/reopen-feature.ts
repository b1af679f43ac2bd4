import { openAnswer } from '@ranselpost/kit/answer';
import { tellAll } from '@ranselpost/kit/outbox';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type Refusal, decideStatement } from '../domain/feature.ts';
import type { Director } from '../domain/feature-policy.ts';
import type { Proposal, Subject } from '../domain/proposals.ts';
import * as acts from '../store/feature-acts.ts';
import { type EventDeps, today } from './deps.ts';
import { namedUnits } from './meet-director.ts';
import { type Prepared, propose } from './propose.ts';
import { toFeatureFacts } from './tell-features.ts';

type Reopening = Extract<Subject, { readonly kind: 'REOPEN_FEATURE' }>;

interface Wanted {
  readonly doing: acts.Doing;
  /** The emergency stops that it ends. */
  readonly lifts: readonly string[];
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** Proposes that an emergency stop ends, everywhere it holds or in a wave: a start takes two (D02, D04). */
export async function proposeReopening(
  deps: EventDeps,
  { actor, power }: Director,
  { doing, lifts, reason, idempotencyKey, requestHash }: Wanted,
): Promise<Proposal> {
  const { feature, place, opensOn, insistsOnDay, notice } = doing;
  const subject: Reopening = {
    ...{
      kind: 'REOPEN_FEATURE',
      actId: deps.newId(),
      feature,
      place,
      opensOn,
      insistsOnDay,
      notice,
      power,
      lifts,
    },
    ...{ idempotencyKey, requestHash },
  };
  const capacity = power === 'LEADER' ? 'LEADER_OF_UNIT' : power;
  const proposed = openAnswer(
    await propose<never>(
      deps,
      { actor, capacities: [capacity], protection: 'NONE', reads: [] },
      { idempotencyKey, question: doing, reason },
      async () => accept({ subject, apply: async () => {} }),
    ),
  ).value;
  if (!proposed.ok) throw new AppError('CONFLICT', `a reopening was not proposed: ${proposed.refusal.kind}`);
  return proposed.value;
}

/** Looks at a proposed reopening as things stand now. Stops that came since are not ended by it. */
export async function prepareReopening(
  deps: EventDeps,
  subject: Reopening,
  { proposalId, proposedBy, reasonId }: Proposal,
): Promise<Result<Prepared, Refusal>> {
  const { actId, feature, place, opensOn, insistsOnDay, notice, power, lifts } = subject;
  const statement = { feature, place, state: 'OPEN', opensOn, isReadable: true, notice } as const;
  const decision = decideStatement(
    statement,
    { power, insistsOnDay },
    {
      acts: await acts.all(deps.db, feature),
      units: await namedUnits(deps.db, place),
      today: today(deps),
    },
  );
  if (!decision.ok) return decision;
  const { idempotencyKey, requestHash } = subject;
  return accept({
    subject,
    apply: async () => {
      await acts.insert(deps.db, {
        ...statement,
        ...{ actId, kind: 'STATEMENT', insistsOnDay, cancels: null, power, lifts, decisionId: proposalId },
        by: { personId: proposedBy, reasonId: reasonId!, idempotencyKey, requestHash },
      });
      await tellAll(deps.db, await toFeatureFacts(deps));
    },
  });
}
