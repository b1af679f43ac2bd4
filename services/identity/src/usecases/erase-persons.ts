import { forgetDeadLetters } from '@ranselpost/kit/erasure';
import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { acknowledgeHours, decideRetention } from '../domain/retention.ts';
import * as erasures from '../store/erasures.ts';
import * as grants from '../store/grants.ts';
import * as retention from '../store/retention.ts';
import { type EventDeps, today } from './deps.ts';

/** Somebody to be erased: every id of theirs, and what the ledger says of it. */
export type Erasing = Pick<retention.Retained, 'personId' | 'ids' | 'unitId'> &
  Pick<erasures.Erasure, 'kind' | 'rule' | 'dueOn'>;

/**
 * Erases people whom nobody has a case for, here, and tells every service to do the same (RET-08). Whoever still saw a child
 * of them loses it with that, and their sessions with their last child (RET-09). Done in the caller's turn.
 */
export async function erasePersons(
  deps: EventDeps,
  people: readonly Erasing[],
  { isAgain = false } = {},
): Promise<void> {
  if (people.length === 0) return;
  const { db } = deps;
  const [day, at] = [today(deps), deps.now()];
  const ids = people.flatMap((person) => person.ids);
  const holders = await erasures.holdersOf(db, ids, day);
  await erasures.enter(
    db,
    people.flatMap(({ personId: humanId, ids: own, kind, rule, unitId, dueOn }) =>
      own.map((personId) => ({ personId, humanId, kind, rule, unitId, dueOn })),
    ),
    { at, isAgain },
  );
  await erasures.erase(db, ids, { day, isAgain });
  await forgetDeadLetters(db, ids);
  const losers = [...new Set(holders.map(({ personId }) => personId))];
  const left = await grants.withGrounds(db, losers, day);
  await tellAll(db, [
    ...holders.map(({ personId, childId }) =>
      fact(accessRevokedV1, { personId, childId, hasOtherGrounds: left.has(personId) }),
    ),
    ...ids.map((personId) => toErasedFact({ personId, erasedAt: at })),
  ]);
}

export const toErasedFact = ({ personId, erasedAt }: erasures.Told): Fact =>
  fact(personErasedV1, {
    personId,
    acknowledgeBy: new Date(erasedAt.getTime() + acknowledgeHours * 3_600_000).toISOString(),
  });

/** Erases once more those of some people whom a backup has brought back (S-27). */
export async function eraseAgain(deps: EventDeps, personIds: readonly string[]): Promise<void> {
  const here = await erasures.stillHere(deps.db, personIds);
  const day = today(deps);
  const people = await retention.load(deps.db, here);
  await erasePersons(
    deps,
    people.map(({ personId, ids, unitId, ...facts }) => {
      const found = decideRetention({ personId, ...facts }, deps.now());
      const kind = 'kind' in found ? found.kind : 'VISITOR';
      return { personId, ids, unitId, kind, rule: 'S-27', dueOn: day };
    }),
    { isAgain: true },
  );
}
