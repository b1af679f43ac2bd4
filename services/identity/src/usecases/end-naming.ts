import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import * as namings from '../store/namings.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toEnrolmentsFacts } from './tell-places.ts';

export type EndNamingRefusal = { readonly kind: 'naming-ended' };

/** Ends today that somebody is named for a protected child. One person is enough to take it away. */
export function endNaming(
  deps: Deps,
  actor: Actor,
  namingId: string,
  asked: Asked,
): Promise<Result<Proposal, EndNamingRefusal | ProposeRefusal>> {
  if (!isId(namingId)) throw new AppError('NOT_FOUND');
  return decideOnce(
    deps,
    actor,
    asked,
    async (tx) => {
      const naming = await namings.load(tx, namingId);
      if (naming === undefined) throw new AppError('NOT_FOUND');
      return meetChild(deps, tx, actor, naming.childId);
    },
    (event, by) => prepareEnd(event, namingId, by.actor),
  );
}

async function prepareEnd(
  deps: EventDeps,
  namingId: string,
  actor: StaffActor,
): Promise<Result<Prepared, EndNamingRefusal>> {
  const naming = await namings.load(deps.db, namingId);
  if (naming === undefined) throw new AppError('NOT_FOUND');
  const { childId, personId } = naming;
  if (naming.to <= today(deps) || naming.to <= naming.from) return refuse({ kind: 'naming-ended' });
  return accept({
    subject: { kind: 'END_NAMING', childId, personId, namingId },
    apply: async () => {
      await namings.end(deps.db, namingId, today(deps), actor.personId);
      await tellAll(deps.db, [
        ...(await toEnrolmentsFacts(deps, [childId], { onlyTold: true })),
        ...(await deriveFamilies(deps, [childId], actor.personId)),
      ]);
    },
  });
}
