import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { isAdmissionUnit } from '../usecases/read-statutes.ts';
import type { Context } from './context.ts';
import type { QueryResolvers, UnitResolvers } from './generated/types.ts';
import { offersOfUnit } from './offer.ts';
import { toShownStatutes } from './statutes.ts';

export const admissionUnit: NonNullable<QueryResolvers<Context>['admissionUnit']> = async (
  _parent,
  { id },
  { deps, actor },
) => (isId(id) && (await isAdmissionUnit(deps, actor, id)) ? { id } : null);

type Fields = keyof typeof offersOfUnit | '__resolveReference' | 'statutes' | 'admissionCriteria';
export const unit: Required<Pick<UnitResolvers<Context>, Fields>> = {
  __resolveReference: async ({ id }) => ({ id }),
  ...offersOfUnit,
  statutes: async ({ id }, _args, { statutes }) => {
    const found = isId(id) ? await statutes.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(toShownStatutes);
  },
  admissionCriteria: async ({ id }, _args, { criteria }) => {
    const found = isId(id) ? await criteria.load(id) : null;
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found === null ? null : toShownStatutes(found);
  },
};
