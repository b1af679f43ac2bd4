import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { isReadableAt } from '@ranselpost/kit/pure/features';
import { isPerson } from '../domain/policy.ts';
import { type PlanWarning, marketsOf, planWarnings } from '../domain/round-plan.ts';
import { isSeedPublished, maySeeMoves, maySeeRound, maySeeSeats } from '../domain/round-policy.ts';
import type { Reopening, StoredMove, StoredRound } from '../domain/round-record.ts';
import { type SeatDecision, isOverCapacity } from '../domain/seat-decision.ts';
import type { Statutes } from '../domain/statutes.ts';
import * as moves from '../store/round-moves.ts';
import * as reopenings from '../store/round-reopenings.ts';
import * as rounds from '../store/rounds.ts';
import type { RoundsWanted } from '../store/rounds.ts';
import * as seats from '../store/seat-decisions.ts';
import * as statutes from '../store/statutes.ts';
import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';

const factsOf = (deps: Deps, tx: Tx, actor: Actor) => loadFacts(tx, actor, [], localDateAt(deps.now()));

/** A page of rounds, and one more where there is more; null for whoever has not signed in as somebody. */
export const readRounds = (deps: Deps, actor: Actor, wanted: RoundsWanted) =>
  deps.db.asActor<readonly StoredRound[] | null>(actor, async (tx) => {
    if (!isPerson(actor)) return aboutNobody(null);
    const facts = await factsOf(deps, tx, actor);
    const found = await rounds.page(tx, wanted);
    return aboutNobody(found.filter((round) => maySeeRound(actor, facts, round)));
  });

export const readRoundsById = (deps: Deps, actor: Actor, ids: readonly string[]) =>
  deps.db.asActor<ReadonlyMap<string, StoredRound>>(actor, async (tx) => {
    const facts = await factsOf(deps, tx, actor);
    const found = (await rounds.byIds(tx, ids)).filter((round) => maySeeRound(actor, facts, round));
    return aboutNobody(new Map(found.map((round) => [round.id, round])));
  });

/** The seeds of those rounds whose result is published. */
export const readSeeds = (deps: Deps, actor: Actor, ids: readonly string[]) =>
  deps.db.asActor<ReadonlyMap<string, string>>(actor, async (tx) => {
    const facts = await factsOf(deps, tx, actor);
    const published = (await rounds.byIds(tx, ids)).filter(
      (round) => maySeeRound(actor, facts, round) && isSeedPublished(round),
    );
    return aboutNobody(
      await rounds.seeds(
        tx,
        published.map(({ id }) => id),
      ),
    );
  });

/** What there is to know of a round for those who run it. */
export interface RoundRecord {
  readonly version: number;
  readonly moves: readonly StoredMove[];
  readonly reopening: Reopening | null;
  readonly warnings: readonly PlanWarning[];
}

/** For case workers alone; of each round that there is for them. */
export const readRecords = (deps: Deps, actor: Actor, ids: readonly string[]) =>
  deps.db.asActor<ReadonlyMap<string, RoundRecord>>(actor, async (tx) => {
    const facts = await factsOf(deps, tx, actor);
    if (!maySeeMoves(actor, facts)) return aboutNobody(new Map());
    const found = await rounds.byIds(tx, ids);
    const made = await moves.ofRounds(tx, ids);
    const waiting = await reopenings.waiting(tx, ids);
    const inForce = await statutes.inForce(
      tx,
      found.flatMap(({ unitIds }) => unitIds),
      facts.today,
    );
    const pinned = await statutes.byIds(tx, found.flatMap(pinnedBy));
    const ruleAt = (round: StoredRound, unitId: string): Statutes | undefined =>
      round.statuteOf[unitId] === null
        ? inForce.find((one) => one.unitId === unitId)
        : pinned.find(({ id }) => id === round.statuteOf[unitId]);
    return aboutNobody(
      new Map(
        found.map((round) => [
          round.id,
          {
            version: round.version,
            moves: made.filter(({ roundId }) => roundId === round.id),
            reopening: waiting.find(({ roundId }) => roundId === round.id) ?? null,
            warnings: planWarnings(
              round,
              round.unitIds.flatMap((unitId) => {
                const rule = ruleAt(round, unitId);
                return rule === undefined ? [] : [{ unitId, priority: rule.priority }];
              }),
            ),
          },
        ]),
      ),
    );
  });

const pinnedBy = ({ statuteOf }: StoredRound): readonly string[] =>
  Object.values(statuteOf).filter((id) => id !== null);

/** The statutes that rounds keep to, for whoever sees the round: by them children are ranked (BHG-08). */
export const readPinnedStatutes = (deps: Deps, actor: Actor, ids: readonly string[]) =>
  deps.db.asActor<ReadonlyMap<string, Statutes>>(actor, async (tx) => {
    if (!isPerson(actor)) return aboutNobody(new Map());
    const found = await statutes.byIds(tx, ids);
    const features = await loadFeature(
      tx,
      'PLACEMENT',
      { features: [] },
      found.map(({ unitId }) => unitId),
    );
    const shown = found.filter(({ unitId }) => isReadableAt(features, unitId));
    return aboutNobody(new Map(shown.map((one) => [one.id, one])));
  });

/** What a unit has in a round: of each age group what was decided last. */
export interface UnitSeats {
  readonly decisions: readonly SeatDecision[];
  readonly isOverCapacity: boolean;
}

export interface SeatsWanted {
  readonly roundId: string;
  readonly unitId: string;
}

/** The seats of units in rounds; null for whom they are not. */
export const readSeats = (deps: Deps, actor: Actor, wanted: readonly SeatsWanted[]) =>
  deps.db.asActor<readonly (UnitSeats | null)[]>(actor, async (tx) => {
    const facts = await factsOf(deps, tx, actor);
    const roundIds = [...new Set(wanted.map(({ roundId }) => roundId))];
    const found = new Map((await rounds.byIds(tx, roundIds)).map((round) => [round.id, round]));
    const decided = await seats.inForce(tx, roundIds);
    return aboutNobody(
      wanted.map(({ roundId, unitId }) => {
        const round = found.get(roundId);
        if (round === undefined || !maySeeSeats(actor, facts, { unitId, state: round.state })) return null;
        const decisions = decided.filter((one) => one.roundId === roundId && one.unitId === unitId);
        return toUnitSeats(round, decisions);
      }),
    );
  });

function toUnitSeats(round: StoredRound, decided: readonly SeatDecision[]): UnitSeats {
  const groups = marketsOf(round);
  const decisions = decided.filter(({ group }) => groups.includes(group));
  const last = decisions.toSorted((one, other) => other.decidedAt.getTime() - one.decidedAt.getTime())[0];
  return { decisions, isOverCapacity: last !== undefined && isOverCapacity(decisions, last) };
}

/** The seats of units in rounds that are not over; null where there is no such unit for whoever asks. */
export const readUnitSeats = (deps: Deps, actor: Actor, unitIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly SeatDecision[] | 'hidden' | null)[]>(actor, async (tx) => {
    const facts = await factsOf(deps, tx, actor);
    const kinds = await units.kinds(tx, unitIds);
    const features = await loadFeature(tx, 'PLACEMENT', facts, unitIds);
    const running = await rounds.runningAt(tx, unitIds);
    const decided = await seats.inForce(
      tx,
      running.map(({ id }) => id),
    );
    return aboutNobody(
      unitIds.map((unitId) => {
        if (!kinds.has(unitId) || !maySeeSeats(actor, facts, { unitId, state: 'open' })) return null;
        if (!isReadableAt(features, unitId)) return 'hidden';
        return running
          .filter((round) => maySeeSeats(actor, facts, { unitId, state: round.state }))
          .flatMap((round) => {
            const here = decided.filter((one) => one.roundId === round.id && one.unitId === unitId);
            return toUnitSeats(round, here).decisions;
          });
      }),
    );
  });
