import { newId } from '@ranselpost/kit/ids';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { people, places, tellFamilies } from './families.ts';
import { type Service, adoptStatutes, startService, unitCriteria, unitStatutes } from './service.ts';
import { copyHas, today } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('placement', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors });
  await tellFamilies(identity);
  identity.beat();
  await copyHas(database.db, identity);
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

// What a token can be wrong in, the kit's own tests try; here, that its door is ours.
test('answers 401 with the same body without a valid actor token (S-13)', async () => {
  const refused = '{"errors":[{"message":"Sign in and try again.","extensions":{"code":"UNAUTHENTICATED"}}]}';
  const unsigned = new UnsecuredJWT({ actor: people.mother })
    .setIssuer(actors.issuer)
    .setAudience('placement');
  for (const token of [null, unsigned.setJti(newId()).encode(), await actors.sign(people.mother, 'identity')])
    for (const query of ['{ __typename }', '{ _service { sdl } }', unitCriteria]) {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const answer = await service.send(
        { 'content-type': 'application/json', ...headers },
        JSON.stringify({ query }),
      );
      expect([answer.status, answer.body]).toEqual([401, refused]);
    }
});

test('is ready when its database, the bus and its copy are', async () => {
  expect(await service.failing()).toEqual([]);
});

const anInput = (more: object = {}) => ({
  ...{ unitId: places.solhaug, from: today, noticeMonths: 1, answerDays: 10, silenceDeclines: true },
  ...{ keepWaiting: true, maxSeats: [{ group: 'SMALL', seats: 18 }], idempotencyKey: newId() },
  priority: { mode: 'FIRST_MATCH', groups: ['law18', 'sibling'], criteria: ['AGE_OLDEST'] },
  ...more,
});

describe('the graph', () => {
  const adopt = async (more: object = {}) =>
    (await service.ask(people.caseWorker, adoptStatutes, { input: anInput(more) })).data?.['adoptStatutes'];

  test('adopts statutes, and shows a family by what children are admitted (BHG-08, BHG-10)', async () => {
    const { data, codes } = await service.ask(people.caseWorker, adoptStatutes, { input: anInput() });
    expect(codes).toEqual([]);
    const statutes = {
      ...{ version: 1, from: today, unit: { id: places.solhaug }, showRank: false, convertible: false },
      priority: { mode: 'FIRST_MATCH', groups: ['law18', 'sibling'], points: [], criteria: ['AGE_OLDEST'] },
      maxSeats: [{ group: 'SMALL', seats: 18 }],
    };
    expect(data).toMatchObject({ adoptStatutes: { __typename: 'StatutesAdopted', statutes } });
    const shown = await service.ask(people.stranger, unitCriteria, { id: places.solhaug });
    expect(shown.data).toMatchObject({ admissionUnit: { id: places.solhaug, admissionCriteria: statutes } });
    const ofUnit = await service.ask(people.leaderOfSolhaug, unitStatutes, { id: places.solhaug });
    expect(ofUnit.data).toMatchObject({ _entities: [{ statutes: [statutes] }] });
    for (const id of [places.solhaug, newId()])
      expect((await service.ask(people.mother, unitStatutes, { id })).codes).toEqual([
        'NOT_FOUND _entities 0 statutes',
      ]);
    for (const id of [places.school, newId(), 'none'])
      expect((await service.ask(people.mother, unitCriteria, { id })).data).toEqual({ admissionUnit: null });
  });

  test('takes rules by points as well', async () => {
    const points = [
      { flag: 'sibling', points: 2.5 },
      { flag: 'staff', points: 1 },
    ];
    const priority = { mode: 'POINTS', points, criteria: ['DISTANCE', 'WISH_RANK'] };
    expect(await adopt({ priority })).toMatchObject({
      statutes: {
        version: 2,
        priority: { mode: 'POINTS', groups: [], points, criteria: ['DISTANCE', 'WISH_RANK'] },
      },
    });
  });

  test('refuses with a type of its own, in bokmål, for each reason the rules foresee', async () => {
    const sibling = { mode: 'LEXICOGRAPHIC', groups: ['sibling'] };
    expect(await adopt({ priority: sibling })).toMatchObject({
      ...{ __typename: 'StatutesRefused', code: 'E_NO_LAW18_FIRST', places: ['priority.groups'] },
      message: expect.stringContaining('barnehageloven § 18'),
    });
    expect(await adopt({ priority: { mode: 'FIRST_MATCH', groups: ['law18', ''] } })).toMatchObject({
      ...{ code: 'E_FORMAT', places: ['priority.groups[1]'] },
    });
    expect(await adopt({ from: '2020-01-01' })).toMatchObject({
      ...{ code: 'STATUTES_DAY_WRONG', earliest: today, places: [] },
    });
    expect(await adopt({ unitId: places.school })).toMatchObject({ code: 'STATUTES_UNIT_WRONG' });
    expect(await adopt({ unitId: places.unopened })).toMatchObject({
      ...{ __typename: 'FeatureClosed', code: 'FEATURE_CLOSED', state: 'CLOSED' },
      instead: { id: `${places.unopened}:PLACEMENT` },
    });
  });

  test.each([
    ['a number that is out of bounds', { answerDays: 61 }],
    ['no months', { noticeMonths: -1 }],
    ['more seats than there are', { maxSeats: [{ group: 'LARGE', seats: -1 }] }],
    ['an age group twice', { maxSeats: Array(2).fill({ group: 'LARGE', seats: 1 }) }],
    ['groups and points', { priority: { mode: 'POINTS', groups: ['law18'] } }],
    ['a group twice', { priority: { mode: 'FIRST_MATCH', groups: ['law18', 'law18'] } }],
    ['a flag that nobody can read', { priority: { mode: 'FIRST_MATCH', groups: ['law18', 'x'.repeat(41)] } }],
  ])('takes no %s', async (_what, more) => {
    const { codes } = await service.ask(people.caseWorker, adoptStatutes, { input: anInput(more) });
    expect(codes.join()).toMatch(/^BAD_USER_INPUT/);
  });
});
