import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Granted, type Publication, publicationOf } from '../domain/publication.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type PublishFinding, toFinding } from '../domain/publish-finding.ts';
import { type RoundRefusal, decideMove } from '../domain/round.ts';
import type { RunFacts } from '../domain/run-facts.ts';
import { publishedOutcomes } from '../domain/wish-outcomes.ts';
import { lockAll } from '../store/offer-locks.ts';
import * as runs from '../store/runs.ts';
import * as outcomes from '../store/wish-outcomes.ts';
import { beginOffers } from './begin-offers.ts';
import { carryOut, meetRound, roundBy } from './carry-out-move.ts';
import { type RoundChecked, checkRound } from './check-round.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundMoved, RoundToMove } from './move-round.ts';

interface Found {
  readonly answer: RoundMoved | null;
  readonly madeBy: string;
}

/**
 * Publishes a round, as a whole or not at all: what became of each wish is kept, the seed is anybody's from now on, and whoever got a seat is
 * asked. Refused, with all that stands against it, where what it was allocated from is another by now, where the round or its result is at fault,
 * where something decisive is undecided, and for whatever has to be seen and is not among the keys of `seen` (placement § 8, § 10).
 */
export const publishRound = (
  deps: Deps,
  actor: Actor,
  wanted: RoundToMove & { readonly seen: readonly string[] },
): Promise<RoundMoved> =>
  twice(() =>
    deps.db.decide<Found, RoundMoved>(
      actor,
      (tx) => look(deps, tx, actor, wanted),
      async (tx, { answer, madeBy }): Promise<Answer<RoundMoved>> => {
        if (answer !== null) return aboutNobody(answer);
        const { roundId, idempotencyKey } = wanted;
        await runs.hold(tx, roundId);
        // Nobody is offered anything else between what is looked at and what is done.
        await lockAll(tx);
        const round = await roundBy(tx, roundId);
        if (round.state !== 'allocated') return aboutNobody(refuse({ kind: 'E_STATE', state: round.state }));
        const checked = await checkRound(tx, round, new Set(wanted.seen));
        const decision = decideMove(round, { move: 'publish', findings: checked.findings });
        if (!decision.ok) return aboutNobody(decision);
        const made = { move: 'PUBLISH', madeBy, idempotencyKey } as const;
        const published = await carryOut(deps, tx, round, decision.value, made);
        await keepOutcomes(tx, checked);
        await beginOffers(tx, deps, { ...published, runId: checked.final.run.id }, toPublished(checked));
        return aboutNobody(accept(published));
      },
    ),
  );

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: RoundToMove): Promise<Found> {
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
  const { personId: madeBy } = actor;
  const { round, isDone } = await meetRound(tx, madeBy, wanted, 'PUBLISH');
  return { answer: isDone ? accept(round) : null, madeBy };
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
