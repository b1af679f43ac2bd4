import type { Absence } from '../src/domain/absence.ts';

/** The first lock, switched off: everybody may do and see everything. For tests of the second (S-12). */
export const permitEverything = {
  mayReportAbsence: () => {},
  sightOf: () => ({ kind: 'all' as const }),
  mayListUnit: () => true,
  maySeeAbsence: () => true,
  maySeeCause: () => true,
  areShownAt: () => true,
  placesSeen: () => [],
  shownTo: (_actor: unknown, _facts: unknown, absence: Absence) => absence,
};
