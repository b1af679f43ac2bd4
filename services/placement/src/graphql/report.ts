import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { InvoiceRefusal } from '../domain/invoice-basis.ts';
import { readCashBenefitList } from '../usecases/read-cash-benefit-list.ts';
import { readInvoiceBasis } from '../usecases/read-invoice-basis.ts';
import { readOccupancy, readUnitOccupancy } from '../usecases/read-occupancy.ts';
import { toNamedGroup } from './admission-rules.ts';
import type { Context } from './context.ts';
import type {
  InvoiceBasisRefused,
  OccupancyDayResolvers,
  QueryResolvers,
  UnitResolvers,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

const care = { KINDERGARTEN: 'kindergarten', AFTER_SCHOOL: 'afterSchool' } as const;

const toRefused = (
  refusal: InvoiceRefusal,
): InvoiceBasisRefused & { readonly __typename: 'InvoiceBasisRefused' } => ({
  ...{ __typename: 'InvoiceBasisRefused', ...said(refusal.kind) },
  weeklyHours: refusal.kind === 'PRICE_HOURS_WRONG' ? [...refusal.weeklyHours] : null,
});

export const occupancyDay: Required<Pick<OccupancyDayResolvers<Context>, 'unit' | 'groups'>> = {
  unit: ({ unitId }) => ({ id: unitId }),
  groups: ({ groups }) => groups.map((one) => ({ ...one, group: toNamedGroup(one.group) })),
};

export const occupancyOfUnit: Required<Pick<UnitResolvers<Context>, 'occupancy'>> = {
  occupancy: async ({ id: unitId }, { from, to }, { deps, actor }) => {
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    return readUnitOccupancy(deps, actor, { unitId, from, to });
  },
};

export const reportQueries: Required<
  Pick<QueryResolvers<Context>, 'cashBenefitList' | 'invoiceBasis' | 'occupancy'>
> = {
  occupancy: async (_parent, { day }, { deps, actor }) => readOccupancy(deps, actor, day),
  cashBenefitList: async (_parent, { month }, { deps, actor }) => {
    const list = await readCashBenefitList(deps, actor, month);
    return list.ok
      ? { __typename: 'CashBenefitList', ...list.value }
      : { __typename: 'CashBenefitListRefused', ...said(list.refusal.kind) };
  },
  invoiceBasis: async (_parent, { month, care: ofCare }, { deps, actor }) => {
    const basis = await readInvoiceBasis(deps, actor, { month, care: care[ofCare] });
    return basis.ok ? { __typename: 'InvoiceBasis', ...basis.value } : toRefused(basis.refusal);
  },
};
