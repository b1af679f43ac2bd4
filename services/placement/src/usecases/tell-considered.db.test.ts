import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dismissed, filed } from '../../test/appeals.ts';
import { aRound, draftFor, drafted, moveRound, sent, withoutApplications } from '../../test/applications.ts';
import { applicants, people, places } from '../../test/families.ts';
import { type World, openTown, today } from '../../test/world.ts';
import { erasePerson } from './erase-person.ts';
import { considerAnew, lookThroughConsidered, tellConsidered } from './tell-considered.ts';
import { withdrawApplication } from './withdraw-application.ts';

let world: World;
let lastHeard = 0;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());
beforeEach(async () => {
  await withoutApplications(world);
  await told();
});

const { mother } = people;
const { ada } = applicants;
interface Word {
  readonly childId: string;
  readonly revision: number;
  readonly isWaiting: boolean;
  readonly hasPlace: boolean;
}
const words = async (): Promise<readonly Word[]> => {
  const rows = await world.database.admin<{ id: string; data: Word }[]>`
    select id, data from outbox where type = 'placement.child.considered.v1' and id > ${lastHeard} order by id`;
  lastHeard = Number(rows.at(-1)?.id ?? lastHeard);
  return rows.map(({ data }) => data);
};
/** What the timer tells now, by child: nothing more than what has changed. */
const told = async (deps = world.deps): Promise<readonly Omit<Word, 'revision'>[]> => {
  while (await tellConsidered(deps));
  return (await words()).map(({ childId, isWaiting, hasPlace }) => ({ childId, isWaiting, hasPlace }));
};
const later = (days: number) => ({ ...world.deps, now: () => new Date(Date.now() + days * 24 * 3_600_000) });
const waits = { childId: ada, isWaiting: true, hasPlace: false };
const over = { ...waits, isWaiting: false };

test('that admission has something open about a child is told once, with nothing else, and when that is over; of a draft nothing (RET-09, BHG-05, S-08)', async () => {
  const roundId = await aRound(world);
  await drafted(world.deps, mother, draftFor(roundId));
  expect(await told()).toEqual([]);
  const { id } = await sent(world.deps, mother, draftFor(roundId, { version: 2 }));
  await tellConsidered(world.deps);
  expect(await words()).toEqual([{ ...waits, revision: expect.any(Number) }]);
  expect(await told()).toEqual([]);
  await withdrawApplication(world.deps, mother, id);
  expect(await told()).toEqual([over]);
  expect(await told()).toEqual([]);
});

test('it is over with the round, and begins with the next; a kill loses no word of it (BHG-19, S-21)', async () => {
  const roundId = await aRound(world);
  await sent(world.deps, mother, draftFor(roundId));
  // Told in a transaction that is cut off, it is not told, and still to be.
  await expect(
    tellConsidered({
      ...world.deps,
      db: {
        ...world.deps.db,
        asService: (work) =>
          world.deps.db.asService(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      },
    }),
  ).rejects.toThrow('killed');
  expect(await told()).toEqual([waits]);
  await moveRound(world, roundId, 'APPEAL');
  expect(await told()).toEqual([]);
  await moveRound(world, roundId, 'FINISHED');
  expect(await told()).toEqual([over]);
  await sent(world.deps, mother, draftFor(await aRound(world)));
  expect(await told()).toEqual([waits]);
});

test('an appeal holds the child until the archive has it and what was decided, and then it is over (RET-02, RET-07, ADM-06)', async () => {
  const { admin } = world.database;
  const roundId = await aRound(world);
  const { id } = await sent(world.deps, mother, draftFor(roundId));
  expect(await told()).toEqual([waits]);
  await moveRound(world, roundId, 'APPEAL');
  await admin`
    insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, received_at)
    select ${newId()}, application_id, child_id, round_id, unit_id, 'Uenig', 'RECEIVED', now() from wish
    where application_id = ${id} limit 1`;
  await moveRound(world, roundId, 'FINISHED');
  const [first, second] = await dismissed(world, id);
  expect(await told()).toEqual([]);
  await filed(world, first!);
  expect(await told()).toEqual([]);
  await filed(world, second!);
  expect(await told()).toEqual([over]);
});

test('a place to come is waited for, and from the day that it begins it is a place until it ends', async () => {
  const { admin } = world.database;
  const [pool, id] = [newId(), newId()];
  await admin`
    insert into pool (id, admission_year, unit_id, age_group) values (${pool}, 2027, ${places.solhaug}, 'SMALL')`;
  // Given up already, it holds no seat.
  await admin`
    insert into place (id, child_id, care, pool_id, unit_id, seat_number, from_day, to_day, released_at, source, made_at)
    values (${id}, ${ada}, 'KINDERGARTEN', ${pool}, ${places.solhaug}, 1, ${addDays(today, 2)}, ${addDays(today, 9)}, now(), 'OVERRIDE', now())`;
  expect(await told()).toEqual([{ ...waits, hasPlace: true }]);
  await admin`update place set from_day = ${addDays(today, -2)} where id = ${id}`;
  // Days pass unnoticed; whoever looks through everybody finds them.
  await admin`delete from child_to_consider`;
  expect(await told()).toEqual([]);
  await lookThroughConsidered(world.deps);
  expect(await told()).toEqual([{ ...over, hasPlace: true }]);
  await admin`update place set to_day = ${today} where id = ${id}`;
  expect(await told()).toEqual([over]);
});

test('what stands is told again each week; a restored database tells all anew, above what it told before (S-24, S-27)', async () => {
  await sent(world.deps, mother, draftFor(await aRound(world)));
  await tellConsidered(world.deps);
  const [first] = await words();
  await lookThroughConsidered(later(6));
  expect(await told(later(6))).toEqual([]);
  await lookThroughConsidered(later(8));
  await tellConsidered(later(8));
  expect(await words()).toMatchObject([waits]);
  // As if it had been put back: what it remembers to have told is older than what it told.
  await world.database.admin`update considered_child set revision = 1 where child_id = ${ada}`;
  await world.deps.db.asService(considerAnew);
  await tellConsidered(world.deps);
  const [anew] = (await words()).filter(({ childId }) => childId === ada);
  expect(anew).toMatchObject(waits);
  expect(anew!.revision).toBeGreaterThan(first!.revision);
});

test('of a child that is erased nothing is kept of it, nor told again (RET-08)', async () => {
  await sent(world.deps, mother, draftFor(await aRound(world)));
  expect(await told()).toEqual([waits]);
  await world.deps.db.asService((tx) => erasePerson(tx, ada));
  await lookThroughConsidered(world.deps);
  expect(await told()).toEqual([]);
  expect(
    await world.database.admin`select from considered_child where child_id = ${ada}
      union all select from child_to_consider where child_id = ${ada}`,
  ).toHaveLength(0);
});
