import { decryptNumber } from '@ranselpost/kit/numbers';
import { type Fact, fact } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { type Safeguard, safeguardKeptV1 } from '@ranselpost/schema/events/identity/safeguard-kept.v1';
import * as numbers from '../store/numbers.ts';
import type { StoredRestriction } from '../store/restrictions.ts';
import type { EventDeps } from './deps.ts';

/** What is told of a restriction, so that a restored database has it too, whatever ids its people have there (S-27). */
export async function toRestrictionKept(
  deps: EventDeps,
  restriction: Omit<StoredRestriction, 'imposedAt' | 'liftedAt' | 'noteId'>,
): Promise<Fact> {
  const { restrictionId, childId, personId, kind, authority, closesAccess, reviewOn, imposedBy } =
    restriction;
  return toSafeguard(deps, restrictionId, {
    ...{ kind: 'RESTRICTION', restriction: kind, authority, closesAccess, reviewOn, imposedBy },
    ...{ child: await toSomeone(deps, childId), imposedAt: deps.now().toISOString() },
    adult: personId === null ? null : await toSomeone(deps, personId),
  });
}

export const toRoleEndKept = (
  deps: EventDeps,
  roleId: string,
  end: { readonly to: string; readonly endedBy: string | null },
): Promise<Fact> => toSafeguard(deps, roleId, { kind: 'ROLE_ENDED', ...end });

async function toSafeguard({ numbers: { keys } }: EventDeps, safeguardId: string, content: Safeguard) {
  return fact(safeguardKeptV1, { safeguardId, sealed: await seal(keys, safeguardId, content) });
}

async function toSomeone({ db, numbers: { keys } }: EventDeps, personId: string) {
  const [first] = await numbers.of(db, [personId]);
  return { personId, number: first === undefined ? null : decryptNumber(keys, personId, first.encrypted) };
}
