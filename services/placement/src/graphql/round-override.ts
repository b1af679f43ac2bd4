import { toNamedGroup } from './admission-rules.ts';
import type { Context } from './context.ts';
import type { DisplacementResolvers, RoundOverrideResolvers } from './generated/types.ts';
import { namedApplications, shownOrNull } from './named-applications.ts';

export const roundOverride: RoundOverrideResolvers<Context> = {
  kind: ({ override }) => override.kind,
  unit: ({ override }) => ({ id: override.unitId }),
  application: ({ override }, _args, context) =>
    shownOrNull(context, override.kind === 'SEATS' ? null : override.applicationId),
  group: ({ override }) => (override.kind === 'SEATS' ? toNamedGroup(override.group) : null),
  seats: ({ override }) => (override.kind === 'SEATS' ? override.seats : null),
  decidedById: ({ decidedBy }) => decidedBy,
  decidedAt: ({ decidedAt }) => decidedAt.toISOString(),
  approvedById: ({ approvedBy }) => approvedBy,
  withdrawnAt: ({ withdrawn }) => withdrawn?.at.toISOString() ?? null,
  withdrawnFor: ({ withdrawn }) => withdrawn?.reason ?? null,
};

export const displacement: DisplacementResolvers<Context> = {
  gain: ({ gain }, _args, context) => namedApplications(context, gain),
  lose: ({ lose }, _args, context) => namedApplications(context, lose),
};
