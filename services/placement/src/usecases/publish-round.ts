import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Granted, type Publication, publicationOf } from '../domain/publication.ts';
import { isCaseWorker } from '../domain/policy.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type PublishFinding, toFinding } from '../domain/publish-finding.ts';
import { type RoundRefusal, decideMove } from '../domain/round.ts';
import type { RunFacts } from '../domain/run-facts.ts';
import { publishedOutcomes } from '../domain/wish-outcomes.ts';
import { lockAll } from '../store/offer-locks.ts';
import * as publishings from '../store/round-publishings.ts';
import type { RoundPublishing } from '../store/round-publishings.ts';
import * as rounds from '../store/rounds.ts';
import * as runs from '../store/runs.ts';
import * as outcomes from '../store/wish-outcomes.ts';
import { beginOffers } from './begin-offers.ts';
import { carryOut, meetRound, roundBy } from './carry-out-move.ts';
import { type RoundChecked, checkRound } from './check-round.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundMoved, RoundToMove } from './move-round.ts';

/** What was asked for, and with what seen. */
type Wanted = RoundToMove & { readonly seen: readonly string[] };

/** A publication is rare and is not to depend on how busy the machine is: so long it may take. */
const publishingMs = 5 * 60_000;
/** So long whoever asks is waited with: a request has some seconds for all. */
const promptMs = 3_000;
/** When the timer looks whether it was done. */
const againMs = 15_000;

/**
 * Publishes a round, as a whole or not at all: what became of each wish is kept, the seed is anybody's from now on, and whoever got a seat is
 * asked. Refused, with all that stands against it, where what it was allocated from is another by now, where the round or its result is at fault,
 * where something decisive is undecided, and for whatever has to be seen and is not among the keys of `seen` (placement § 8, § 10).
 *
 * That it was asked for is kept first; then it is carried out in that name, with more time than a request has. Where that takes longer than
 * whoever asks can be waited with, the round is answered as it still stands: it is published, or says why not, when it is read again.
 */
export async function publishRound(deps: Deps, actor: Actor, wanted: Wanted): Promise<RoundMoved> {
  const settled = await twice(() => deps.db.asActor(actor, (tx) => ask(deps, tx, actor, wanted)));
  if (settled !== null) return settled;
  // What fails here is tried again by the timer, and told by it.
  const done = publishAsked(deps, wanted.roundId).catch(() => {});
  await Promise.race([done, sleep(promptMs, undefined, { ref: false })]);
  return deps.db.asActor(actor, (tx) => whatCame(deps, tx, actor, wanted));
}

/** Keeps that somebody asks; answers what there is to say at once, and null where it is under way. */
async function ask(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { roundId, idempotencyKey, seen }: Wanted,
): Promise<Answer<RoundMoved | null>> {
  const now = deps.now();
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
  const { personId: askedBy } = actor;
  const isTheirs = ({ askedBy: by, idempotencyKey: key }: RoundPublishing): boolean =>
    by === askedBy && key === idempotencyKey;
  // Whoever publishes holds the round for as long as it takes: nobody waits for that.
  const before = await publishings.ofRound(tx, roundId);
  const { round, isDone } =
    before?.refusal === null
      ? { round: await roundBy(tx, roundId), isDone: false }
      : await meetRound(tx, askedBy, { roundId, idempotencyKey }, 'PUBLISH');
  if (isDone) return aboutNobody(accept(round));
  const underWay = await publishings.ofRound(tx, roundId);
  if (before?.refusal === null && underWay?.refusal !== null)
    throw new AppError('CONFLICT', 'it was published, or refused, just now');
  if (underWay?.refusal === null && isTheirs(underWay)) return aboutNobody(null);
  if (underWay?.refusal === null || round.state !== 'allocated')
    return aboutNobody(refuse({ kind: 'E_STATE', state: round.state }));
  const asked = { roundId, askedBy, askedAt: now, idempotencyKey, seen };
  await publishings.insert(tx, asked, new Date(now.getTime() + againMs));
  return aboutNobody(null);
}

async function whatCame(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { roundId, idempotencyKey }: Wanted,
): Promise<Answer<RoundMoved>> {
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
  const found = await publishings.ofRound(tx, roundId);
  const isTheirs = found?.askedBy === actor.personId && found.idempotencyKey === idempotencyKey;
  if (isTheirs && found.refusal !== null) return aboutNobody(refuse(found.refusal));
  return aboutNobody(accept(await roundBy(tx, roundId)));
}

/** Publishes what was asked for and is due, such as was cut off. Answers whether there was any. */
export async function publishDueRounds(deps: Deps): Promise<boolean> {
  const now = deps.now();
  const nextAt = new Date(now.getTime() + againMs);
  const due = await deps.db.asService((tx) => publishings.claimDue(tx, now, nextAt));
  if (due === undefined) return false;
  await publishAsked(deps, due.roundId);
  return true;
}

/** Carries out what somebody asked for, once: in their name, with what they may do now. */
async function publishAsked(deps: Deps, roundId: string): Promise<void> {
  const asked = await deps.db.asService((tx) => publishings.ofRound(tx, roundId));
  if (asked === undefined || asked.refusal !== null) return;
  const actor: StaffActor = { kind: 'staff', personId: asked.askedBy, level: 'substantial' };
  await twice(() =>
    deps.db.decide(
      actor,
      async (tx) => isCaseWorker(actor, await loadFacts(tx, actor, [], localDateAt(deps.now()))),
      async (tx, may) => aboutNobody(await carryOutAsked(deps, tx, { roundId, may })),
      publishingMs,
    ),
  );
}

async function carryOutAsked(
  deps: Deps,
  tx: Tx,
  { roundId, may }: { readonly roundId: string; readonly may: boolean },
): Promise<void> {
  const asked = await publishings.take(tx, roundId);
  if (asked === undefined) return;
  const refusal = await publishNow(deps, tx, asked, may);
  if (refusal === null) await publishings.remove(tx, roundId);
  else await publishings.refuse(tx, roundId, refusal);
}

/** Publishes, or answers why not. Whoever has no right to it any more by now has not asked in time. */
async function publishNow(
  deps: Deps,
  tx: Tx,
  { roundId, askedBy: madeBy, idempotencyKey, seen }: RoundPublishing,
  may: boolean,
): Promise<RoundRefusal | null> {
  await rounds.lock(tx, roundId);
  await runs.hold(tx, roundId);
  // Nobody is offered anything else between what is looked at and what is done.
  await lockAll(tx);
  const round = await rounds.byId(tx, roundId);
  if (round === undefined || !may || round.state !== 'allocated')
    return { kind: 'E_STATE', state: round?.state ?? 'allocated' };
  const checked = await checkRound(tx, round, new Set(seen));
  const decision = decideMove(round, { move: 'publish', findings: checked.findings });
  if (!decision.ok) return decision.refusal;
  const published = await carryOut(deps, tx, round, decision.value, {
    move: 'PUBLISH',
    madeBy,
    idempotencyKey,
  });
  await keepOutcomes(tx, checked);
  await beginOffers(tx, deps, { ...published, runId: checked.final.run.id }, toPublished(checked));
  return null;
}

async function keepOutcomes(tx: Tx, { final, now }: RoundChecked): Promise<void> {
  const { instance, pinned, again, run } = final;
  const { stored, facts } = now!;
  const found = publishedOutcomes({ stored, facts, instance, run: again, pinned });
  await outcomes.insertAll(tx, { roundId: run.roundId, runId: run.id }, found);
}

/** What comes of it, with wishes by the numbers that families gave them: of those that were barred the engine has not heard. */
function toPublished({ final, now }: RoundChecked): Publication {
  const { instance, pinned, again } = final;
  const { applicants } = now!.stored;
  const units = new Set(instance.kindergartens.map(({ id }) => id));
  const moving = new Set(
    applicants.flatMap(({ id, currentUnitId: unitId }) => (unitId !== null && units.has(unitId) ? [id] : [])),
  );
  const publication = publicationOf(instance, again, { pinned, moving });
  const ranks = new Map(applicants.map(({ id, wishes }) => [id, wishes]));
  const numbered = (granted: readonly Granted[]): readonly Granted[] =>
    granted.map((one) => ({ ...one, wish: rankOf(ranks.get(one.applicationId)!, one) }));
  return {
    ...publication,
    offers: numbered(publication.offers),
    moves: numbered(publication.moves),
    stays: numbered(publication.stays),
  };
}

function rankOf(wishes: RunFacts['applicants'][number]['wishes'], { pool }: Granted): number | null {
  const unitId = pool.slice(0, pool.lastIndexOf('/'));
  return wishes.find((one) => one.unitId === unitId)?.rank ?? null;
}

/** What stands against publishing, as it is told to whoever tried. Warnings are told with their units on the check page. */
export const findingsIn = (refusal: RoundRefusal): readonly PublishFinding[] =>
  refusal.kind === 'E_NOT_PUBLISHABLE' ? refusal.bars.map((bar) => toFinding(bar, [])) : [];
