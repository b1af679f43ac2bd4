import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Dated } from '@ranselpost/kit/pure/dated';
import type { PriceList } from '../src/domain/price-list.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { type WantedReduction, applyForReducedPayment } from '../src/usecases/apply-for-reduced-payment.ts';
import { assignReducedPayment } from '../src/usecases/assign-reduced-payment.ts';
import { type WantedReductionVerdict, decideReducedPayment } from '../src/usecases/decide-reduced-payment.ts';
import { applicants, people } from './families.ts';
import { type World, openTown } from './world.ts';

const list = (from: string, reductionEnds: string): Dated<PriceList> => ({
  from,
  value: {
    rates: {
      ...{ maxMonthly: 1200, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1] },
      ...{ siblingBase: 'firstChild', coreHours: 20, coreIncomeLimit: 642_700 },
      ...{ combine: 'lowerOf', roundTo: 1 },
    },
    places: [
      { weeklyHours: 45, listPrice: 1200 },
      { weeklyHours: 30, listPrice: 900 },
    ],
    ...{ food: 340, freeMonths: ['07'], reductionEnds, countsFirstDay: false, freeGrades: null },
  },
});

/** The town, with prices from long ago on. */
export async function openPayingTown(options = {}): Promise<World> {
  const world = await openTown(options);
  return { ...world, deps: withPrices(world.deps) };
}

export const priceLists = {
  kindergarten: [list('2020-01-01', '07')],
  afterSchool: [list('2020-01-01', '06')],
};

export const withPrices = <Some extends Deps>(deps: Some): Some => ({ ...deps, priceLists });

export const someReduction = (more: Partial<WantedReduction> = {}): WantedReduction => ({
  ...{ childId: applicants.ada, care: 'kindergarten', income: { kind: 'stated', yearlyIncome: 300_000 } },
  ...{ idempotencyKey: newId(), ...more },
});

export const someVerdict = (
  id: string,
  more: Partial<WantedReductionVerdict> = {},
): WantedReductionVerdict => ({
  ...{ id, verdict: 'granted', countedIncome: 310_000, reason: 'Etter skattemeldingen' },
  ...{ idempotencyKey: newId(), ...more },
});

/** Somebody applies; throws where that is refused. */
export async function applied(
  deps: Deps,
  actor: Actor,
  more: Partial<WantedReduction> = {},
): Promise<string> {
  const result = await applyForReducedPayment(deps, actor, someReduction(more));
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value.id;
}

/** Has the second case worker name the first one. */
export const namedFor = (deps: Deps, id: string) =>
  assignReducedPayment(deps, people.secondCaseWorker, { id, personId: people.caseWorker.personId });

/** Named, and granted. */
export async function grantedTo(
  deps: Deps,
  id: string,
  more: Partial<WantedReductionVerdict> = {},
): Promise<void> {
  await namedFor(deps, id);
  const result = await decideReducedPayment(deps, people.caseWorker, someVerdict(id, more));
  if (!result.ok) throw new Error(result.refusal.kind);
}

/** As if nobody had ever applied. */
export const withoutReductions = ({ database: { admin } }: World): Promise<unknown> =>
  admin`delete from reduced_payment`;
