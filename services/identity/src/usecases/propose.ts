import { type Answer, about } from '@ranselpost/kit/answer';
import { lookupHash } from '@ranselpost/kit/numbers';
import { AppError } from '@ranselpost/kit/pure/errors';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type ProposalRefusal, decideProposal, needsTwo, proposalDays } from '../domain/decisions.ts';
import { type Proposal, type Subject, matterOf } from '../domain/proposals.ts';
import * as proposals from '../store/proposals.ts';
import { type EventDeps, today } from './deps.ts';
import { keepText } from './keep-text.ts';
import type { Met } from './meet-case.ts';

/** What somebody asks to be decided. */
export interface Asked {
  /** The asker's own key: the same question under the same key is the same question. */
  readonly idempotencyKey: string;
  /** The question itself, as it came in: to tell whether it is the same. */
  readonly question: object;
  /** In their own words: the reason, or the proof that they have seen. */
  readonly reason: string | null;
}

/** What may be done, and how; nothing of it is done before the decision stands. */
export interface Prepared {
  readonly subject: Subject;
  readonly apply: () => Promise<void>;
}

/** Looks at what is wanted as things stand now. `decisionId` is what the outcome will refer to. */
export type Prepare<Refusal> = (decisionId: string) => Promise<Result<Prepared, Refusal>>;

export type ProposeRefusal =
  ProposalRefusal | { readonly kind: 'already-proposed'; readonly proposal: Proposal };

/**
 * Takes a member of staff's decision, in the transaction and the turn in which they met its subject. Where one person is
 * enough it is applied with that; otherwise it waits for somebody else. Answers what stands, also to the same question
 * asked again.
 */
export async function propose<Refusal>(
  deps: EventDeps,
  met: Met,
  asked: Asked,
  prepare: Prepare<Refusal>,
): Promise<Answer<Result<Proposal, Refusal | ProposeRefusal>>> {
  return about(met.reads, await take(deps, met, asked, prepare));
}

async function take<Refusal>(
  deps: EventDeps,
  { actor, capacities, protection }: Met,
  { idempotencyKey, question, reason }: Asked,
  prepare: Prepare<Refusal>,
): Promise<Result<Proposal, Refusal | ProposeRefusal>> {
  const { db } = deps;
  const text = reason === null || reason.trim() === '' ? null : reason.trim();
  const hash = lookupHash(deps.numbers.lookupKey, JSON.stringify([question, text])).toString('hex');
  const known = await proposals.underKey(db, actor.personId, { idempotencyKey, requestHash: hash });
  if (known?.isSame === false) throw new AppError('BAD_USER_INPUT', 'the key names another decision');
  if (known !== undefined) return accept(known.proposal);

  const proposalId = deps.newId();
  const prepared = await prepare(proposalId);
  if (!prepared.ok) return prepared;
  const { subject, apply } = prepared.value;
  const matter = matterOf(subject, protection);
  const decision = decideProposal(matter, capacities, text);
  if (!decision.ok) return decision;
  const waiting = await proposals.waitingBeside(db, subject);
  if (waiting !== undefined) return refuse({ kind: 'already-proposed', proposal: waiting });

  const isDecided = !needsTwo(matter);
  await proposals.insert(db, {
    proposalId,
    subject,
    isDecided,
    idempotencyKey,
    needsTwo: !isDecided,
    proposedBy: actor.personId,
    expiresOn: addDays(today(deps), proposalDays),
    requestHash: hash,
    reasonId: await keepText(deps, text),
  });
  if (isDecided) await apply();
  return accept((await proposals.load(db, proposalId))!);
}
