import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { protectionRaisedV1 } from '@ranselpost/schema/events/identity/protection-raised.v1';
import { protectionReleasedV1 } from '@ranselpost/schema/events/identity/protection-released.v1';
import { concealMinutes, concealingServices, tellRaisedAgainMinutes } from '../domain/protection.ts';
import * as raises from '../store/protection-raises.ts';
import * as workItems from '../store/work-items.ts';
import type { Deps, EventDeps } from './deps.ts';

const batch = 200;
const minuteMs = 60_000;
const unanswered = { childId: null, kind: 'PROTECTION_UNANSWERED' };

/** Whose protection has gone up and nobody has been told of yet: to be told in the transaction that raised it (ADR-12). */
export async function toRaisedFacts({ db, now }: EventDeps): Promise<readonly Fact[]> {
  return (await raises.takeUntold(db, now())).map(toRaisedFact);
}

/** The same facts as they were told last. */
export async function raisedFacts({ db }: EventDeps, personIds: readonly string[]): Promise<readonly Fact[]> {
  return (await raises.byIds(db, personIds)).map(toRaisedFact);
}

const toRaisedFact = ({ raiseId, personId, raisedAt }: raises.Raise): Fact =>
  fact(protectionRaisedV1, {
    ...{ raiseId, personId },
    acknowledgeBy: new Date(raisedAt.getTime() + concealMinutes * minuteMs).toISOString(),
  });

/** Whom among some people nothing protects any more, once staff have released it (ADR-13). */
export async function toReleasedFacts(
  { db }: EventDeps,
  personIds: readonly string[],
): Promise<readonly Fact[]> {
  const released = await raises.release(db, personIds);
  return released.map((personId) => fact(protectionReleasedV1, { personId }));
}

/** A service says that it has let go of what it kept. */
export async function noteConcealed(
  { db, now }: EventDeps,
  { service, ...raise }: { readonly personId: string; readonly raiseId: string; readonly service: string },
): Promise<void> {
  await raises.acknowledge(db, raise, { service, at: now() });
}

/** Tells once more what some service has not answered within a minute, and what was never told. Answers how many. */
export async function tellRaisedAgain(deps: Deps): Promise<number> {
  return deps.db.asService(async (tx) => {
    const now = deps.now();
    const toldBefore = new Date(now.getTime() - tellRaisedAgainMinutes * minuteMs);
    const forgotten = await toRaisedFacts({ ...deps, db: tx });
    const again = await raises.takeUnanswered(tx, concealingServices, { toldBefore, now, most: batch });
    await tellAll(tx, [...forgotten, ...again.map(toRaisedFact)]);
    return forgotten.length + again.length;
  });
}

/** Asks somebody to see why a service has not answered within five minutes, for as long as it has not. */
export async function watchRaised(deps: Deps): Promise<boolean> {
  return deps.db.asService(async (tx) => {
    const { since } = await raises.progress(tx, concealingServices);
    const isLate = since !== null && deps.now().getTime() - since.getTime() >= concealMinutes * minuteMs;
    if (isLate) await workItems.open(tx, [{ ...unanswered, id: deps.newId() }]);
    else await workItems.close(tx, [unanswered], 'timer');
    return isLate;
  });
}
