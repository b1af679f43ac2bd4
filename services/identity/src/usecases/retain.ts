import { isPassing } from '@ranselpost/kit/database';
import { decideRetention } from '../domain/retention.ts';
import * as retention from '../store/retention.ts';
import { takeTurn } from '../store/turn.ts';
import * as workItems from '../store/work-items.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { type Erasing, erasePersons } from './erase-persons.ts';

const usualBatch = 200;

/**
 * Looks at everybody, once a day: erases those who are nobody's case any more and counts who is about to be, and who is held
 * (RET-01, RET-07, RET-09). A batch is a transaction that also says how far it came, so that a look that was cut off anywhere
 * goes on there and counts nobody twice. Whoever cannot be erased stands in nobody's way, and is a work item. Answers how
 * many were looked at.
 */
export async function retain(deps: Deps, batch = usualBatch): Promise<number> {
  let total = 0;
  let alone = 0;
  for (;;) {
    const most = alone > 0 ? 1 : batch;
    try {
      const scanned = await retainSome(deps, most);
      if (scanned === undefined) return total;
      total += scanned;
    } catch (error) {
      if (isPassing(error)) throw error;
      if (alone === 0) {
        // One of these: each is tried alone.
        alone = batch + 1;
      } else {
        deps.log.error('a person could not be erased', { error });
        await retainSome(deps, 1, { isSkipping: true });
      }
    }
    alone = Math.max(0, alone - 1);
  }
}

/** The next of the day's look; undefined when it is done, or has to wait for a roster. */
const retainSome = (deps: Deps, most: number, { isSkipping = false } = {}): Promise<number | undefined> =>
  deps.db.asService(async (tx) => {
    await takeTurn(tx);
    const run = await retention.takeRun(tx, today(deps));
    if (run === undefined) return undefined;
    const event = { ...deps, db: tx };
    const ids = await retention.next(tx, run, most);
    await retainPeople(event, run, await retention.load(tx, ids), isSkipping);
    if (ids.length === most)
      await retention.moveOn(tx, run, { phase: run.phase, cursor: ids.at(-1)!, scanned: ids.length });
    else if (run.phase === 'children')
      await retention.moveOn(tx, run, { phase: 'others', cursor: null, scanned: ids.length });
    else {
      await retention.moveOn(tx, run, { phase: run.phase, cursor: run.cursor, scanned: ids.length });
      await finish(event, run);
    }
    return ids.length;
  });

async function retainPeople(
  deps: EventDeps,
  run: retention.Run,
  people: readonly retention.Retained[],
  isSkipping: boolean,
): Promise<void> {
  const found = people.flatMap(({ ids, unitId, ...facts }) => {
    const decided = decideRetention(facts, deps.now());
    return 'kind' in decided ? [{ ...decided, personId: facts.personId, ids, unitId }] : [];
  });
  const due: readonly Erasing[] = found.filter(({ state }) => state === 'DUE');
  if (!isSkipping) await erasePersons(deps, due);
  await retention.count(
    deps.db,
    run,
    found.map(({ unitId, kind, rule, state }) => ({
      ...{ unitId, kind, rule },
      state: state === 'DUE' ? (isSkipping ? 'FAILED' : 'ERASED') : state,
    })),
  );
}

const failed = { childId: null, kind: 'ERASURE_FAILED' };
const review = { childId: null, kind: 'RETENTION_HOLD_REVIEW' };

/** Staff have to see to those who could not be erased, and to holds whose day of review has come (RET-07). */
async function finish(deps: EventDeps, run: retention.Run): Promise<void> {
  const { db, newId } = deps;
  await retention.finish(db, run);
  const { hasFailed, hasReview } = await retention.concerns(db, run);
  for (const [item, isOpen] of [
    [failed, hasFailed],
    [review, hasReview],
  ] as const)
    await (isOpen ? workItems.open(db, [{ ...item, id: newId() }]) : workItems.close(db, [item], 'timer'));
}
