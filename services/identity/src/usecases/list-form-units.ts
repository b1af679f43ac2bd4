import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';

/**
 * The units that take contact forms, for everybody without a login (M22): each active one does, whatever else is closed there. A
 * unit that the open registers do not list is in no list of ours: its name alone may tell something (ADR-04).
 */
export const listFormUnits = ({ db }: Pick<Deps, 'db'>): Promise<readonly units.ListedUnit[]> =>
  db.asService(units.inOpenRegisters);
