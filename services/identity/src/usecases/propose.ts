import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { lookupHash } from '@ranselpost/kit/numbers';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type ProposalRefusal, decideProposal, needsTwo, proposalDays } from '../domain/decisions.ts';
import { type Proposal, type Subject, matterOf } from '../domain/proposals.ts';
import * as proposals from '../store/proposals.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
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
 * Lets somebody decide about what they meet, or propose it. The same question under the same key is answered with what
 * stands, also when its subject is not theirs to see any more: what was decided may have seen to that.
 */
export function decideOnce<Refusal>(
  deps: Deps,
  actor: Actor,
  asked: Asked,
  meet: (tx: Tx) => Promise<Met>,
  prepare: (
    event: EventDeps,
    by: Pick<Met, 'actor' | 'capacities'> & { readonly decisionId: string },
  ) => Promise<Result<Prepared, Refusal>>,
): Promise<Result<Proposal, Refusal | ProposeRefusal>> {
  return deps.db.decide(
    actor,
    async (tx) => (await knownUnder(deps, tx, actor, asked)) ?? (await meet(tx)),
    async (tx, found) => {
      if ('proposalId' in found) return aboutNobody(accept(found));
      const event = { ...deps, db: tx };
      return propose(event, found, asked, (decisionId) => prepare(event, { ...found, decisionId }));
    },
  );
}

/** What somebody proposed or decided under a key. Throws `BAD_USER_INPUT` where it was something else. */
async function knownUnder(
  { numbers }: Pick<Deps, 'numbers'>,
  tx: Tx,
  actor: Actor,
  asked: Asked,
): Promise<Proposal | undefined> {
  if (actor.kind !== 'staff') return undefined;
  const { idempotencyKey } = asked;
  const known = await proposals.underKey(tx, actor.personId, {
    ...{ idempotencyKey, requestHash: hashOf(numbers, asked) },
  });
  if (known?.isSame === false) throw new AppError('BAD_USER_INPUT', 'the key names another decision');
  return known?.proposal;
}

const wordsOf = ({ reason }: Asked): string | null =>
  reason === null || reason.trim() === '' ? null : reason.trim();
const hashOf = ({ lookupKey }: Deps['numbers'], asked: Asked): string =>
  lookupHash(lookupKey, JSON.stringify([asked.question, wordsOf(asked)])).toString('hex');

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
  asked: Asked,
  prepare: Prepare<Refusal>,
): Promise<Result<Proposal, Refusal | ProposeRefusal>> {
  const { db } = deps;
  // Of two at once, the second finds what the first has made by the time it is its turn.
  const known = await knownUnder(deps, db, actor, asked);
  if (known !== undefined) return accept(known);

  const proposalId = deps.newId();
  const prepared = await prepare(proposalId);
  if (!prepared.ok) return prepared;
  const { subject, apply } = prepared.value;
  const matter = matterOf(subject, protection);
  const words = wordsOf(asked);
  const decision = decideProposal(matter, capacities, words);
  if (!decision.ok) return decision;
  const waiting = await proposals.waitingBeside(db, subject);
  if (waiting !== undefined) return refuse({ kind: 'already-proposed', proposal: waiting });

  const isDecided = !needsTwo(matter, capacities);
  await proposals.insert(db, {
    proposalId,
    subject,
    isDecided,
    idempotencyKey: asked.idempotencyKey,
    needsTwo: !isDecided,
    proposedBy: actor.personId,
    expiresOn: addDays(today(deps), proposalDays),
    requestHash: hashOf(deps.numbers, asked),
    reasonId: await keepText(deps, words),
  });
  if (isDecided) await apply();
  return accept((await proposals.load(db, proposalId))!);
}
