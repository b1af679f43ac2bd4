import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';
import { tellFeatures } from '../usecases/tell-features.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  world.setNow('2026-11-24T08:00:00Z');
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const plan = `mutation ($input: PlanOpeningInput!) { planOpening(input: $input) {
  __typename
  ... on FeatureDirected { act { state opensOn } }
  ... on FeatureOpeningDayPast { firstPossibleDay }
  ... on FeatureOpeningDayUnwise { concern }
  ... on Refusal { code } } }`;
const input = (place: object, more: object = {}) => ({
  input: {
    feature: 'ABSENCE',
    place,
    opensOn: '2026-11-25',
    reason: 'A test',
    idempotencyKey: newId(),
    ...more,
  },
});

describe('planning that a feature opens (D04)', () => {
  test.each(outsidersOfUnits)('is not open to %s', async (_who, actorOf) => {
    const { data, errors } = await service.ask(
      actorOf(world),
      plan,
      input({ unitIds: [world.unit['school']] }),
    );
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(await world.database.admin`select from feature_act`).toHaveLength(0);
  });

  test('is not open to a leader where the municipality has not turned it on (D08)', async () => {
    const { data } = await service.ask(
      staff(world.id.leader),
      plan,
      input({ unitIds: [world.unit['school']] }),
    );
    expect(data.planOpening).toEqual({ __typename: 'FeatureNotTurnedOn', code: 'FEATURE_NOT_TURNED_ON' });
  });

  test.each([
    ['2026-11-24', { __typename: 'FeatureOpeningDayPast', firstPossibleDay: '2026-11-25' }],
    ['2026-11-27', { __typename: 'FeatureOpeningDayUnwise', concern: 'FRIDAY' }],
    ['2026-12-24', { __typename: 'FeatureOpeningDayUnwise', concern: 'BEFORE_HOLIDAY' }],
    ['2026-12-25', { __typename: 'FeatureOpeningDayUnwise', concern: 'FRIDAY' }],
    ['2026-12-26', { __typename: 'FeatureOpeningDayUnwise', concern: 'HOLIDAY' }],
  ])('is refused for %s', async (opensOn, refusal) => {
    const { data } = await service.ask(
      staff(world.id.administrator),
      plan,
      input({ everywhere: true }, { opensOn }),
    );
    expect(data.planOpening).toMatchObject(refusal);
  });

  test('is open to administrators; guardians read the announcement until the day, and then it is open', async () => {
    const notice = { nb: 'Åpner onsdag', nn: 'Opnar onsdag', en: 'Opens on Wednesday' };
    const place = { unitIds: [world.unit['nursery']] };
    const { data } = await service.ask(staff(world.id.administrator), plan, input(place, { notice }));
    expect(data.planOpening).toEqual({
      __typename: 'FeatureDirected',
      act: { state: 'OPEN', opensOn: '2026-11-25' },
    });
    const query = `query ($id: ID!) { unit(id: $id) { features { feature state opensOn notice { key en } } } }`;
    const stood = async () =>
      (
        await service.ask(guardian(world.id.mother), query, { id: world.unit['nursery'] })
      ).data.unit.features.find((one: { feature: string }) => one.feature === 'ABSENCE');
    const shown = {
      feature: 'ABSENCE',
      opensOn: '2026-11-25',
      notice: { key: 'OWN', en: 'Opens on Wednesday' },
    };
    expect(await stood()).toEqual({ ...shown, state: 'ANNOUNCED' });
    world.setNow('2026-11-25T00:00:01+01:00');
    await tellFeatures(world.deps);
    expect(await stood()).toEqual({ ...shown, state: 'OPEN' });
  });
});
