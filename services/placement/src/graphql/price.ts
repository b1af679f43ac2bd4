import type { PriceRefusal, Prices } from '../domain/price-list.ts';
import { pricePlaces } from '../usecases/price-places.ts';
import { startOfPlace } from '../usecases/start-of-place.ts';
import type { Context } from './context.ts';
import type { PlacePrices, PlacePricesRefused, QueryResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const care = { KINDERGARTEN: 'kindergarten', AFTER_SCHOOL: 'afterSchool' } as const;

const toPrices = ({ months, reduced }: Prices): PlacePrices & { __typename: 'PlacePrices' } => ({
  __typename: 'PlacePrices',
  months: months.map(({ month, children }) => ({ month, children: [...children] })),
  ...{ reducedFrom: reduced?.first ?? null, reducedTo: reduced?.last ?? null },
});

const toRefused = (refusal: PriceRefusal): PlacePricesRefused & { __typename: 'PlacePricesRefused' } => {
  const __typename = 'PlacePricesRefused';
  switch (refusal.kind) {
    case 'nothing-in-force':
      return { __typename, ...said('PRICE_LIST_MISSING'), weeklyHours: null };
    case 'no-such-hours':
      return { __typename, ...said('PRICE_HOURS_WRONG'), weeklyHours: [...refusal.weeklyHours] };
  }
};

export const priceQuery: Required<Pick<QueryResolvers<Context>, 'placePrices' | 'placeStart'>> = {
  placePrices: (_parent, { input }, { deps, actor }) => {
    const answer = pricePlaces(deps, actor, care[input.care], {
      ...{ from: input.from, months: input.months, income: input.yearlyIncome ?? null },
      reducedFrom: input.reductionAppliedOn ?? null,
      children: input.children.map(({ key, bornOn, startsOn, weeklyHours, grade, isSchoolDeferred }) => ({
        ...{ key, weeklyHours, born: bornOn, start: startsOn },
        ...{ grade: grade ?? null, isSchoolDeferred: isSchoolDeferred ?? false },
      })),
    });
    return answer.ok ? toPrices(answer.value) : toRefused(answer.refusal);
  },
  placeStart: (_parent, { bornOn, admissionYear }, { deps, actor }) => {
    const start = startOfPlace(deps, actor, { born: bornOn, admissionYear });
    return start === null ? null : { ...start, ageGroup: start.ageGroup === 'small' ? 'SMALL' : 'LARGE' };
  },
};
