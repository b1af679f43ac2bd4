import { type Roles, type WorkPlace, placesOf } from '../work-place.tsx';

const withWork = new Set(['LEADER', 'CONTACT_TEACHER']);

/** The units at which something may wait for somebody to decide: those that they lead, or where they have a class. */
export const workUnits = (roles: Roles): readonly WorkPlace[] =>
  placesOf(roles.filter(({ kind }) => withWork.has(kind)).map((role) => ({ ...role, group: null })));

/** The units that somebody leads as a whole. */
export const ledUnits = (roles: Roles): ReadonlySet<string> =>
  new Set(roles.filter(({ kind, group }) => kind === 'LEADER' && group === null).map(({ unit }) => unit.id));
