import { newId } from '@ranselpost/kit/ids';
import { addDays, addMonths } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeChild } from '../../test/children.ts';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, openOfferTown } from '../../test/offer-town.ts';
import { today } from '../../test/world.ts';
import { readOccupancy, readUnitOccupancy } from './read-occupancy.ts';

let town: OfferTown;
beforeAll(async () => {
  town = await openOfferTown(false);
});
afterAll(() => town.world.close());

const { solhaug } = places;
const ofSolhaug = async (actor = people.leaderOfSolhaug, from = today, to = from) =>
  readUnitOccupancy(town.world.deps, actor, { unitId: solhaug, from, to });
const childrenOn = async (day: string) => (await ofSolhaug(people.caseWorker, day))[0]!;

describe('occupancy (P27, BHG-25)', () => {
  test('counts each child once that has a place or was there before, also the protected', async () => {
    const begins = addMonths(today, 12);
    const day = await childrenOn(begins);
    // Bo and the protected child, which is in the copy of enrolments as well.
    expect(day).toMatchObject({ unitId: solhaug, ofUnknownAge: 0 });
    expect(day.groups).toMatchObject([{ group: 'small', children: 2 }]);
    await town.world.identity.enrolments(newId(), [{ unitId: solhaug }]);
    await town.world.settled();
    expect(await childrenOn(begins)).toMatchObject({ ofUnknownAge: 1 });
  });

  test('goes by the birth date where it is known, day by day', async () => {
    const { identity, settled } = town.world;
    await describeChild(identity, applicants.bo, { bornOn: `${Number(today.slice(0, 4)) - 1}-05-01` });
    await settled();
    const large = `${Number(today.slice(0, 4)) + 2}-08-01`;
    const both = await ofSolhaug(people.caseWorker, addDays(large, -1), large);
    expect(both.map(({ groups }) => groups.find(({ group }) => group === 'large')?.children ?? 0)).toEqual([
      ...[0, 1],
    ]);
  });

  test('has area and staff as they were decided last', async () => {
    const { admin } = town.world.database;
    const [round] = await admin<{ id: string }[]>`select id from admission_round`;
    await admin`update admission_round set state = 'CLOSED' where id = ${round!.id}`;
    for (const area of [5, 12.5])
      await admin`
        insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, decided_at, idempotency_key)
        values (${newId()}, ${round!.id}, ${solhaug}, 'SMALL', 5, 0, '[]', ${area}, 1, now(), ${newId()})`;
    expect(await childrenOn(addMonths(today, 12))).toMatchObject({
      ...{ area: 12.5, adults: 1, areaNeeded: 15.99, adultsNeeded: 1, isWithin: false },
    });
  });

  test('is of all units for case workers, and of the own ones for leaders', async () => {
    const unitsOf = async (actor = people.caseWorker) =>
      (await readOccupancy(town.world.deps, actor, today)).map(({ unitId }) => unitId);
    expect((await unitsOf()).length).toBeGreaterThan(1);
    expect(await unitsOf(people.leaderOfSolhaug)).toEqual([solhaug]);
  });

  test('is of a quarter of a year at most', async () => {
    for (const to of [addDays(today, 100), addDays(today, -1)])
      await expect(ofSolhaug(people.caseWorker, today, to)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await ofSolhaug(people.caseWorker, today, addDays(today, 99))).toHaveLength(100);
  });

  test('is for nobody while the municipality hides admission at the unit (S-26)', async () => {
    await town.world.identity.features(solhaug, [
      { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
    ]);
    await town.world.settled();
    await expect(ofSolhaug()).rejects.toMatchObject({ code: 'FEATURE_CLOSED' });
    await expect(readOccupancy(town.world.deps, people.caseWorker, today)).rejects.toMatchObject({
      code: 'FEATURE_CLOSED',
    });
  });
});
