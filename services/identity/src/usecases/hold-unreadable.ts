import { tellAll } from '@ranselpost/kit/outbox';
import * as families from '../store/families.ts';
import { takeTurn } from '../store/turn.ts';
import * as unreadable from '../store/unreadable.ts';
import type { Deps, EventDeps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { toFollowedFacts } from './tell-followed.ts';

/**
 * Nobody knows what the register says of some people now: whoever has access to a child by it, or by somebody of its
 * family, waits until it is known again (GUA-01, S-02).
 */
export async function holdUnreadable(
  deps: EventDeps,
  failures: readonly unreadable.Failure[],
): Promise<void> {
  await takeTurn(deps.db);
  const concerned = await families.concernedBy(deps.db, await unreadable.note(deps.db, failures));
  await tellAll(deps.db, await deriveFamilies(deps, concerned, 'registry'));
}

const patienceMinutes = 15;
const batch = 50;

/** Asks the registry to say again what could not be taken in here; answers about how many. */
export async function askAgain(deps: Deps): Promise<number> {
  return deps.db.asService(async (tx) => {
    const lost = await unreadable.takeLost(tx, patienceMinutes, batch);
    const people = lost.map(({ personId, followedAs }) => ({
      personId,
      reason: followedAs,
      tellAgain: true,
    }));
    await tellAll(tx, await toFollowedFacts({ ...deps, db: tx }, people));
    return lost.length;
  });
}
