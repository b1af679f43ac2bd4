import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Capacity } from '../domain/decisions.ts';
import { capacitiesInQuarantine } from '../domain/policy.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as deciders from '../store/deciders.ts';
import * as quarantines from '../store/quarantines.ts';
import { takeTurn } from '../store/turn.ts';
import * as workItems from '../store/work-items.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { quarantineItem } from './derive-families.ts';
import type { Met } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';

export type { QuarantineView } from '../store/quarantines.ts';

export type QuarantineRefusal = { readonly kind: 'quarantine-over' | 'for-oneself' };

/** What it is that people decide about a quarantine. */
export type QuarantineDecision = 'RELEASE_QUARANTINE' | 'REFUSE_QUARANTINE';

/**
 * Decides what becomes of all that a quarantine holds (FREG-10, X14). To let it go takes two people, since it opens; to
 * refuse it takes one, since all of it stays held and is looked at child by child.
 */
export function decideQuarantine(
  deps: Deps,
  actor: Actor,
  { quarantineId, kind }: { readonly quarantineId: string; readonly kind: QuarantineDecision },
  asked: Asked,
): Promise<Result<Proposal, QuarantineRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    async (tx) => {
      const met = await meetQuarantine(deps, tx, actor);
      if (!isId(quarantineId) || (await quarantines.load(tx, quarantineId)) === undefined)
        throw new AppError('NOT_FOUND');
      return met;
    },
    (event, by) => prepareQuarantine(event, { quarantineId, kind }, by),
  );
}

/** Meets the register's quarantine. For everybody else there is none (S-06). */
export async function meetQuarantine(deps: Deps, tx: Tx, actor: Actor): Promise<Met> {
  if (actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const capacities = await quarantineCapacities(deps, tx, actor);
  if (capacities.length === 0) throw new AppError('NOT_FOUND');
  return { actor, capacities, protection: 'NONE', reads: [] };
}

export const quarantineCapacities = async (
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
): Promise<readonly Capacity[]> =>
  capacitiesInQuarantine(actor, await deciders.load(tx, actor.personId, []), today(deps));

/** Looks at a quarantine as it stands now. */
export async function prepareQuarantine(
  deps: EventDeps,
  { quarantineId, kind }: { readonly quarantineId: string; readonly kind: QuarantineDecision },
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, QuarantineRefusal>> {
  const { db } = deps;
  if ((await quarantines.load(db, quarantineId))?.isOpen !== true) return refuse({ kind: 'quarantine-over' });
  const isRelease = kind === 'RELEASE_QUARANTINE';
  if (isRelease && (await quarantines.concerns(db, actor.personId))) return refuse({ kind: 'for-oneself' });
  const held = await quarantines.held(db);
  return accept({
    subject: { kind, quarantineId, heldGrants: held.grants },
    apply: async () => {
      const outcome = isRelease ? 'RELEASED' : 'REFUSED';
      await quarantines.end(db, quarantineId, { outcome, decisionId, held });
      await workItems.close(db, [{ childId: null, kind: quarantineItem }], actor.personId);
      if (isRelease) return;
      const childIds = await quarantines.refuseHeld(db);
      await workItems.open(
        db,
        childIds.map((childId) => ({ childId, kind: 'REFUSED_IN_QUARANTINE', id: deps.newId() })),
      );
    },
  });
}

/** The quarantines there were, newest first: one more than wanted, when there are more. Null for whoever has no part in it. */
export const readQuarantines = (
  deps: Deps,
  actor: Actor,
  { before, first }: { readonly before: quarantines.QuarantinePlace | null; readonly first: number },
): Promise<readonly quarantines.QuarantineView[]> =>
  deps.db.asActor(actor, async (tx) => {
    if (actor.kind !== 'staff' || (await quarantineCapacities(deps, tx, actor)).length === 0)
      throw new AppError('FORBIDDEN');
    return aboutNobody(await quarantines.newest(tx, { before, most: first + 1 }));
  });
