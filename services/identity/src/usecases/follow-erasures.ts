import { tellAll } from '@ranselpost/kit/outbox';
import { acknowledgeHours, erasingServices, tellAgainHours, termsOn } from '../domain/retention.ts';
import * as erasures from '../store/erasures.ts';
import * as workItems from '../store/work-items.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { toErasedFact } from './erase-persons.ts';

const batch = 200;
const hourMs = 3_600_000;
const unanswered = { childId: null, kind: 'ERASURE_UNANSWERED' };

/** A service says that it keeps nothing of somebody any more. About somebody who is still here it says nothing. */
export async function noteErased(
  { db, now }: EventDeps,
  { personId, service }: { readonly personId: string; readonly service: string },
): Promise<void> {
  await erasures.acknowledge(db, personId, service, now());
}

/** Tells once more of those whom some service has not answered for within the hour. Answers how many. */
export async function tellErasuresAgain(deps: Deps): Promise<number> {
  let count = 0;
  for (;;) {
    const now = deps.now();
    const toldBefore = new Date(now.getTime() - tellAgainHours * hourMs);
    const some = await deps.db.asService(async (tx) => {
      const told = await erasures.takeUnanswered(tx, erasingServices, { toldBefore, now, most: batch });
      await tellAll(tx, told.map(toErasedFact));
      return told.length;
    });
    count += some;
    if (some < batch) return count;
  }
}

/** Asks somebody to see why a service has not answered within a day, for as long as it has not (T-9). */
export async function watchErasures(deps: Deps): Promise<boolean> {
  return deps.db.asService(async (tx) => {
    const { since } = await erasures.unansweredFor(tx, erasingServices);
    const isLate = since !== null && deps.now().getTime() - since.getTime() >= acknowledgeHours * hourMs;
    if (isLate) await workItems.open(tx, [{ ...unanswered, id: deps.newId() }]);
    else await workItems.close(tx, [unanswered], 'timer');
    return isLate;
  });
}

/** Lets go of what the ledger need not know any more, and of when somebody signed in (RET-10). */
export async function forgetOldErasures(deps: Deps): Promise<void> {
  const before = (days: number) => new Date(deps.now().getTime() - days * 24 * hourMs);
  await deps.db.asService((tx) =>
    erasures.forgetOld(tx, erasingServices, {
      ledger: before(366),
      signIns: before(termsOn(today(deps)).afterSignInDays),
    }),
  );
}
