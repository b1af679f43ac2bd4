import { scalars } from '@ranselpost/kit/scalars';
import { child } from './child.ts';
import { enrolment } from './enrolment.ts';
import { group } from './group.ts';
import { query } from './query.ts';
import { staffRole } from './staff-role.ts';
import { unit } from './unit.ts';
import { viewer } from './viewer.ts';

/** Every resolver of the subgraph. What is not here is a plain property. */
export const resolvers = {
  ...scalars,
  Query: query,
  Viewer: viewer,
  Child: child,
  Enrolment: enrolment,
  Unit: unit,
  Group: group,
  StaffRole: staffRole,
};
