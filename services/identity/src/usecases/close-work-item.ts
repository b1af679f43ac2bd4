import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import * as families from '../store/families.ts';
import * as workItems from '../store/work-items.ts';
import type { Deps, EventDeps } from './deps.ts';
import { aboutFamily, quarantineItem } from './derive-families.ts';
import { meetChild, meetMunicipality } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';

export type CloseRefusal = { readonly kind: 'already-closed' | 'not-yours-to-decide' };

/** Leaves things as they are, with a reason. The item opens again when the registers say something new, and not before. */
export function closeWorkItem(
  deps: Deps,
  actor: Actor,
  workItemId: string,
  asked: Asked,
): Promise<Result<Proposal, CloseRefusal | ProposeRefusal>> {
  if (!isId(workItemId)) throw new AppError('NOT_FOUND');
  return decideOnce(
    deps,
    actor,
    asked,
    async (tx) => {
      const item = await workItems.load(tx, workItemId);
      if (item === undefined) throw new AppError('NOT_FOUND');
      return item.childId === null
        ? meetMunicipality(deps, tx, actor)
        : meetChild(deps, tx, actor, item.childId);
    },
    (event, by) => prepareClosing(event, workItemId, by.actor),
  );
}

async function prepareClosing(
  deps: EventDeps,
  workItemId: string,
  actor: StaffActor,
): Promise<Result<Prepared, CloseRefusal>> {
  const item = await workItems.load(deps.db, workItemId);
  if (item === undefined) throw new AppError('NOT_FOUND');
  if (item.isClosed) return refuse({ kind: 'already-closed' });
  // Closed by what is decided about the quarantine, and by nothing else.
  if (item.kind === quarantineItem) return refuse({ kind: 'not-yours-to-decide' });
  const { childId, kind } = item;
  return accept({
    subject: { kind: 'CLOSE_WORK_ITEM', childId, workItemId, item: kind },
    apply: async () => {
      const [family] = childId === null ? [] : await families.load(deps.db, [childId]);
      const about = family === undefined ? null : aboutFamily(deps, family);
      await workItems.closeOne(deps.db, workItemId, { closedBy: actor.personId, about });
    },
  });
}
