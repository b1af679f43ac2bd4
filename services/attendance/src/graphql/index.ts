import { LocalTime, scalars } from '@ranselpost/kit/scalars';
import { absence } from './absence.ts';
import { absenceChanges } from './change-absence.ts';
import { child } from './child.ts';
import type { Context } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { reportAbsence } from './report-absence.ts';
import { unit } from './unit.ts';
import { calendarOfUnit, setUnitCalendar } from './unit-calendar.ts';

const mutation: Required<MutationResolvers<Context>> = { reportAbsence, ...absenceChanges, setUnitCalendar };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...scalars,
  LocalTime,
  Mutation: mutation,
  Absence: absence,
  Child: child,
  Unit: { ...unit, ...calendarOfUnit },
};
