import { appealsOfChild } from './appeal.ts';
import { applicationsOfChild } from './application.ts';
import type { Context } from './context.ts';
import { decisionsOfChild } from './decision.ts';
import type { ChildResolvers } from './generated/types.ts';
import { offersOfChild } from './offer.ts';
import { reducedPaymentsOfChild } from './reduced-payment.ts';

/** A reference holds nothing but the id it came with; what there is to hide is behind the fields, which apply access. */
export const child: Required<
  Pick<
    ChildResolvers<Context>,
    | '__resolveReference'
    | 'placementApplications'
    | 'reducedPayments'
    | keyof typeof offersOfChild
    | 'placementAppeals'
    | 'placementDecisions'
  >
> = {
  __resolveReference: async ({ id }) => ({ id }),
  ...applicationsOfChild,
  ...offersOfChild,
  ...reducedPaymentsOfChild,
  ...appealsOfChild,
  ...decisionsOfChild,
};
