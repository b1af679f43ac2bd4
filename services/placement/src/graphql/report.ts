import type { InvoiceRefusal } from '../domain/invoice-basis.ts';
import { readInvoiceBasis } from '../usecases/read-invoice-basis.ts';
import type { Context } from './context.ts';
import type { InvoiceBasisRefused, QueryResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const care = { KINDERGARTEN: 'kindergarten', AFTER_SCHOOL: 'afterSchool' } as const;

const toRefused = (
  refusal: InvoiceRefusal,
): InvoiceBasisRefused & { readonly __typename: 'InvoiceBasisRefused' } => ({
  ...{ __typename: 'InvoiceBasisRefused', ...said(refusal.kind) },
  weeklyHours: refusal.kind === 'PRICE_HOURS_WRONG' ? [...refusal.weeklyHours] : null,
});

export const reportQueries: Required<Pick<QueryResolvers<Context>, 'invoiceBasis'>> = {
  invoiceBasis: async (_parent, { month, care: ofCare }, { deps, actor }) => {
    const basis = await readInvoiceBasis(deps, actor, { month, care: care[ofCare] });
    return basis.ok ? { __typename: 'InvoiceBasis', ...basis.value } : toRefused(basis.refusal);
  },
};
