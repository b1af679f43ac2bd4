import { aboutNobody } from '@ranselpost/kit/answer';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { UnitKind } from '../domain/staff-roles.ts';
import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';

export interface FormUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: UnitKind;
}

/**
 * The units that take contact forms, for everybody without a login (M22): each active one does, whatever else is closed there. A
 * unit that the open registers do not list is in no list of ours: its name alone may tell something (ADR-04).
 */
export async function listFormUnits(deps: Pick<Deps, 'db'>): Promise<readonly FormUnit[]> {
  const listed = await deps.db.asService(units.inOpenRegisters);
  return listed.map(({ id, name, kind }) => ({ id, name, kind }));
}

/**
 * The same, with what the open registers say of them, for whoever thinks of a place there and has nothing to do with them yet (P03).
 * Whichever child is at one of them, nothing here depends on it.
 */
export async function listOpenUnits(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  {
    kind,
    ids,
    first,
    after,
  }: {
    readonly kind: UnitKind | null;
    readonly ids: readonly string[] | null;
    readonly first: number;
    readonly after: string | null;
  },
): Promise<readonly units.ListedUnit[]> {
  if (!isPerson(actor)) throw new AppError('FORBIDDEN');
  const all = await deps.db.asActor(actor, async (tx) => aboutNobody(await units.inOpenRegisters(tx)));
  const listed = all.filter(
    (unit) => (kind === null || unit.kind === kind) && (ids === null || ids.includes(unit.id)),
  );
  const from = after === null ? 0 : listed.findIndex(({ id }) => id === after) + 1;
  if (after !== null && from === 0) throw new AppError('BAD_USER_INPUT', 'the cursor is of another list');
  return listed.slice(from, from + first + 1);
}
