import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Stay, StayOn } from '../domain/stay.ts';
import { setStay as set } from '../usecases/set-stay.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  ChildResolvers,
  MutationResolvers,
  SetStayInput,
  Stay as StayShown,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

export const toShownStay = ({ childId: _childId, unitId, ...stay }: Stay): StayShown => ({
  ...stay,
  unit: { id: unitId },
});

export const staysOfChild: Required<Pick<ChildResolvers<Context>, 'stays'>> = {
  stays: async ({ id }, _args, { stays }) => {
    const found = isId(id) ? await stays.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(toShownStay);
  },
};

const codes = {
  'stay-unit-wrong': 'STAY_UNIT_WRONG',
  'stay-day-wrong': 'STAY_DAY_WRONG',
  'stay-cut-off': 'STAY_CUT_OFF',
  'stay-times-wrong': 'STAY_TIMES_WRONG',
} as const;

function readDay({ weekday, day }: SetStayInput): StayOn {
  if (weekday != null && day == null && weekday >= 1 && weekday <= 7) return { weekday, day: null };
  if (weekday == null && day != null) return { weekday: null, day };
  throw new AppError('BAD_USER_INPUT', 'a weekday from 1 to 7, or a day');
}

export const setStay: NonNullable<MutationResolvers<Context>['setStay']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const { childId, unitId, comes } = input;
  if (!isId(childId) || !isId(unitId)) throw new AppError('NOT_FOUND');
  const result = await set(deps, actor, {
    ...{ ...readDay(input), childId, unitId, comes },
    ...{ arrives: input.arrives ?? null, leaves: input.leaves ?? null, goesHome: input.goesHome ?? null },
  });
  if (result.ok) return { __typename: 'StaySet', stay: toShownStay(result.value) };
  if (result.refusal.kind === 'feature-closed') return toFeatureClosed(result.refusal);
  const code = codes[result.refusal.kind];
  return { __typename: 'StayRefused', ...said(code) };
};
