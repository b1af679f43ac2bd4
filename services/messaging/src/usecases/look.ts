import type { ChildRead } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type MailFacts, groundOfReading } from '../domain/policy.ts';
import * as audiences from '../store/audience.ts';
import type { Deps } from './deps.ts';

interface Where {
  readonly unitId: string;
  readonly childIds: readonly string[];
}

/** What a policy needs to know of an actor, and of what is written of children at units. */
export async function loadMailFacts(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  places: readonly Where[],
): Promise<CopyFacts & MailFacts> {
  const childIds = [...new Set(places.flatMap((place) => place.childIds))];
  const loading = loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
  if (actor.kind !== 'staff') return { ...(await loading), kindergartens: [], ownChildIds: [] };
  const unitIds = [...new Set(places.map(({ unitId }) => unitId))];
  const [facts, ownChildIds, kindergartens] = await Promise.all([
    loading,
    audiences.ownChildren(tx, actor.personId, childIds),
    audiences.kindergartens(tx, unitIds),
  ]);
  return { ...facts, ownChildIds, kindergartens };
}

/**
 * That staff are told of the children in what is written of them, and by which role. Nothing for guardians. Throws when there is
 * no ground: what nobody can give a ground for is answered to nobody (S-11).
 */
export const mailReads = (actor: Actor, facts: MailFacts, told: readonly Where[]): readonly ChildRead[] =>
  actor.kind !== 'staff'
    ? []
    : told.flatMap(({ unitId, childIds }) =>
        childIds.map((childId) => {
          const ground = groundOfReading(actor, facts, childId, unitId);
          if (ground === undefined)
            throw new AppError('INTERNAL', 'staff were to be told of a child without a ground');
          return { childId, kind: 'MESSAGE' as const, unitId, ...ground };
        }),
      );
