import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isHidden } from '../domain/protection.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as families from '../store/families.ts';
import * as namings from '../store/namings.ts';
import * as persons from '../store/persons.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies, deriveFamily } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toEnrolmentsFacts } from './tell-places.ts';
import { toReleasedFacts } from './tell-raised.ts';

export type ReleaseRefusal = { readonly kind: 'not-held' };

/**
 * Lets a child's protection go down to what the register says of it now (ADR-13). Nothing does that by itself; what the
 * register still protects stays held.
 */
export function releaseProtection(
  deps: Deps,
  actor: Actor,
  childId: string,
  asked: Asked,
): Promise<Result<Proposal, ReleaseRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetChild(deps, tx, actor, childId),
    (event, by) => prepareRelease(event, childId, by.actor),
  );
}

export async function prepareRelease(
  deps: EventDeps,
  childId: string,
  actor: StaffActor,
): Promise<Result<Prepared, ReleaseRefusal>> {
  const [family] = await families.load(deps.db, [childId]);
  if (family === undefined) throw new AppError('NOT_FOUND');
  const from = family.child.heldProtection;
  const to = deriveFamily(deps, family).protection;
  if (!isHidden(from) || from === to) return refuse({ kind: 'not-held' });
  return accept({
    subject: { kind: 'RELEASE_PROTECTION', childId, from, to },
    apply: async () => {
      await persons.releaseProtection(deps.db, childId, to);
      if (!isHidden(to)) await namings.endAll(deps.db, childId, today(deps), actor.personId);
      await tellAll(deps.db, [
        ...(await toEnrolmentsFacts(deps, [childId], { onlyTold: true })),
        ...(await deriveFamilies(deps, [childId], actor.personId, 'PROTECTION_RELEASED')),
        ...(await toReleasedFacts(deps, [childId, ...family.adults.map(({ personId }) => personId)])),
      ]);
    },
  });
}
