import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import { lookAs } from '@ranselpost/kit/testing/look';
import type { RoundConfig, RoundPlan } from '../src/domain/round-plan.ts';
import type { MoveName, StoredRound } from '../src/domain/round-record.ts';
import type { RoundState } from '../src/domain/round.ts';
import type { SeatTerms } from '../src/domain/seat-decision.ts';
import * as rounds from '../src/store/rounds.ts';
import { adoptStatutes } from '../src/usecases/adopt-statutes.ts';
import { carryOut } from '../src/usecases/carry-out-move.ts';
import { decideSeats } from '../src/usecases/decide-seats.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { closeRound } from '../src/usecases/move-round.ts';
import { openRound } from '../src/usecases/open-round.ts';
import { planRound } from '../src/usecases/plan-round.ts';
import { people, places } from './families.ts';
import { someStatutes } from './statutes.ts';

/** As the engine has it where nothing is said. */
export const plainConfig: RoundConfig = {
  ...{ markets: ['large', 'small'], tieBreak: 'single', lotteryUnit: 'application' },
  ...{ siblingInRound: false, fallback: false, convert: null },
};

/** A main round of the two kindergartens. */
export const somePlan = (more: Partial<RoundPlan> = {}): RoundPlan & { readonly idempotencyKey: string } => ({
  ...{ kind: 'main', title: 'Hovedopptak 2027', admissionYear: 2027, deadline: '2027-03-01' },
  ...{ wishLimit: 5, yearBegins: '08-01', config: plainConfig, idempotencyKey: newId() },
  unitIds: [places.solhaug, places.fjordbakken],
  ...more,
});

export const someSeats = (
  roundId: string,
  more: Partial<SeatTerms> = {},
): SeatTerms & { readonly roundId: string; readonly idempotencyKey: string } => ({
  ...{ roundId, unitId: places.solhaug, group: 'small', seats: 10, occupied: 0, reserved: [] },
  ...{ area: 200, adults: 8, reason: null, idempotencyKey: newId() },
  ...more,
});

/** A round as something to move, under a key that nobody has used. */
export const keyed = (roundId: string) => ({ roundId, idempotencyKey: newId() });

/** The same service at another time. */
export const at = (deps: Deps, instant: string): Deps => ({ ...deps, now: () => new Date(instant) });
/** While the main round is open. */
export const inJanuary = '2027-01-20T10:00:00Z';
/** When nobody can apply to it in time any more. */
export const inMarch = '2027-03-02T10:00:00Z';

export function must<Value>(result: Result<Value, { readonly kind: string }>): Value {
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}

/** Statutes of the two kindergartens, once for a world. */
export async function adoptAll(deps: Deps): Promise<void> {
  for (const unitId of [places.solhaug, places.fjordbakken])
    must(await adoptStatutes(deps, people.caseWorker, someStatutes({ unitId })));
}

/** A round that could be opened. */
export async function preparedRound(deps: Deps, more: Partial<RoundPlan> = {}): Promise<StoredRound> {
  const round = must(await planRound(deps, people.caseWorker, somePlan(more)));
  for (const unitId of round.unitIds)
    must(await decideSeats(deps, people.caseWorker, someSeats(round.id, { unitId })));
  return round;
}

export async function openedRound(deps: Deps, more: Partial<RoundPlan> = {}): Promise<StoredRound> {
  const { id } = await preparedRound(deps, more);
  return must(await openRound(at(deps, inJanuary), people.caseWorker, keyed(id)));
}

export async function closedRound(deps: Deps, more: Partial<RoundPlan> = {}): Promise<StoredRound> {
  const { id } = await openedRound(deps, more);
  return must(await closeRound(at(deps, inMarch), people.caseWorker, keyed(id)));
}

const onwards: readonly (readonly [MoveName, RoundState])[] = [
  ...([
    ['ALLOCATE', 'allocated'],
    ['PUBLISH', 'published'],
    ['OPEN_APPEALS', 'appeal'],
  ] as const),
  ['FINISH', 'finished'],
];

/** A closed round moved on to a state, as those do it who allocate and publish; what they would look at first is left out. */
export async function moveOnTo(deps: Deps, { id }: StoredRound, state: RoundState): Promise<StoredRound> {
  let round = await look(deps, people.caseWorker, id);
  for (const [move, to] of onwards) {
    const from = round;
    const moved = { move, madeBy: people.caseWorker.personId, idempotencyKey: newId() };
    round = await lookAs(deps.db, people.caseWorker, (tx) => carryOut(deps, tx, from, to, moved));
    if (to === state) return round;
  }
  return round;
}

const look = (deps: Deps, actor: Actor, id: string): Promise<StoredRound> =>
  lookAs(deps.db, actor, async (tx) => (await rounds.byId(tx, id))!);
