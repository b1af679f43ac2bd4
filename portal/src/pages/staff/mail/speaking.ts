import { type Roles, type WorkPlace, placesOf } from '../work-place.tsx';

const ofWholeUnit = new Set(['LEADER', 'ADMINISTRATOR', 'AFTER_SCHOOL', 'KINDERGARTEN']);
const ofOwnGroup = new Set(['LEADER', 'CONTACT_TEACHER', 'TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN']);

/** Where somebody may speak to all guardians: at the unit, or in their own group. The graph decides; this is what is offered. */
export const speakingPlaces = (roles: Roles): readonly WorkPlace[] =>
  placesOf(roles.filter(({ kind, group }) => (group === null ? ofWholeUnit : ofOwnGroup).has(kind)));
