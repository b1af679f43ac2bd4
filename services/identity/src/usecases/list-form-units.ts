import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';

/**
 * The units that take contact forms, for everybody without a login (M22): each active one does, whatever else is closed there. Only
 * what the open registers say themselves: a unit that they do not list is in no list of ours (ADR-04).
 */
export const listFormUnits = ({ db }: Pick<Deps, 'db'>): Promise<readonly units.ListedUnit[]> =>
  db.asService(units.inOpenRegisters);
