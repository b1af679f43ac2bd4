import type { Actor } from '@ranselpost/kit/pure/actor';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { people } from './families.ts';
import { type Service, placePrices, placeStart, startService } from './service.ts';

let [actors, bus, database, service]: [TestActors?, TestBus?, TestDatabase?, Service?] = [];
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('placement', migrations),
  ]);
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors });
});
afterAll(async () => {
  await service?.kill();
  await Promise.all([actors?.close(), bus?.close(), database?.close()]);
});

const child = { key: 'ada', bornOn: '2025-10-14', startsOn: '2026-10-01', weeklyHours: 45 };
const ask = async (more: object = {}, actor: Actor = people.stranger) => {
  const input = {
    ...{ care: 'KINDERGARTEN', from: '2026-09-10', months: 2, children: [child] },
    ...more,
  };
  return service!.ask(actor, placePrices, { input });
};

test('whoever is signed in asks what a place would cost, and nothing is kept of it (P19, PAY-02, PAY-08)', async () => {
  const answer = await ask({ yearlyIncome: 200_000, reductionAppliedOn: '2026-09-20' });
  expect(answer.data).toEqual({
    placePrices: {
      ...{ __typename: 'PlacePrices', reducedFrom: '2026-10', reducedTo: '2027-07' },
      months: [
        { month: '2026-09', children: [] },
        { month: '2026-10', children: [{ key: 'ada', kroner: 1091, food: 340 }] },
      ],
    },
  });
});

test('what the lists do not have is refused, with what they have', async () => {
  const refused = async (more: object) => (await ask(more)).data?.['placePrices'];
  expect(await refused({ from: '2026-07-01' })).toEqual({
    ...{ __typename: 'PlacePricesRefused', code: 'PRICE_LIST_MISSING', weeklyHours: null },
  });
  expect(await refused({ care: 'AFTER_SCHOOL' })).toMatchObject({ code: 'PRICE_LIST_MISSING' });
  expect(await refused({ children: [{ ...child, weeklyHours: 30 }] })).toEqual({
    ...{ __typename: 'PlacePricesRefused', code: 'PRICE_HOURS_WRONG', weeklyHours: [45] },
  });
});

test.each([
  ['no child', { children: [] }],
  ['eleven children', { children: Array.from({ length: 11 }, (_, at) => ({ ...child, key: `${at}` })) }],
  ['two children of the same name', { children: [child, child] }],
  ['no month', { months: 0 }],
  ['more than two years', { months: 25 }],
  ['an income below nothing', { yearlyIncome: -1 }],
])('%s is no question', async (_name, more) => {
  expect((await ask(more)).codes).toEqual(['BAD_USER_INPUT placePrices']);
});

test('a machine is told nothing', async () => {
  const machine: Actor = { kind: 'machine', clientId: 'one', organisation: '310000000', scopes: [] };
  expect((await ask({}, machine)).codes).toEqual(['FORBIDDEN placePrices']);
});

test('says when a child has its place from, by age (BHG-01, BHG-02, P30)', async () => {
  const startOf = async (bornOn: string) =>
    (await service!.ask(people.stranger, placeStart, { bornOn, admissionYear: 2026 })).data?.['placeStart'];
  expect(await startOf('2025-10-14')).toEqual({
    ...{ earliest: '2026-10-01', latest: '2026-10-31', ageGroup: 'SMALL' },
  });
  expect(await startOf('2025-12-01')).toBeNull();
  expect(await startOf('2023-12-31')).toEqual({
    ...{ earliest: '2026-08-01', latest: '2026-08-31', ageGroup: 'LARGE' },
  });
});
