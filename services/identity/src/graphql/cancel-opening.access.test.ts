import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';

let world: World;
let service: TestService;
let [atSchool, everywhere] = ['', ''];
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  world.setNow('2026-11-24T08:00:00Z');
  const plan = `mutation ($input: PlanOpeningInput!) { planOpening(input: $input) { ... on FeatureDirected { act { id } } } }`;
  const planned = async (place: object) =>
    (
      await service.ask(staff(world.id.administrator), plan, {
        input: {
          feature: 'ABSENCE',
          place,
          opensOn: '2026-11-25',
          reason: 'A test',
          idempotencyKey: newId(),
        },
      })
    ).data.planOpening.act.id as string;
  atSchool = await planned({ unitIds: [world.unit['school']] });
  everywhere = await planned({ everywhere: true });
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const cancel = `mutation ($input: CancelOpeningInput!) { cancelOpening(input: $input) {
  __typename ... on FeatureDirected { act { kind cancelledActId } } ... on Refusal { code } } }`;
const cancelled = (actor: Actor, actId: string, idempotencyKey = newId()) =>
  service.ask(actor, cancel, { input: { actId, reason: 'A test', idempotencyKey } });

describe('calling off a planned opening (D04)', () => {
  test.each(outsidersOfUnits)('is as if there were none for %s', async (_who, actorOf) => {
    const hidden = await cancelled(actorOf(world), atSchool);
    expect(hidden.data).toBeNull();
    expect(hidden).toEqual(await cancelled(actorOf(world), newId()));
    expect(hidden).toEqual(await cancelled(actorOf(world), 'nonsense'));
  });

  test('is not open to a leader for what is planned for all, nor to teachers of the unit', async () => {
    const { id } = world;
    const byLeader = await cancelled(staff(id.leader), everywhere);
    expect(byLeader.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    for (const actor of [staff(id.teacher), guardian(id.mother)])
      expect((await cancelled(actor, atSchool)).errors).toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ]);
  });

  test('is open to the leader of the unit, once, and to administrators', async () => {
    const { id } = world;
    const key = newId();
    const first = await cancelled(staff(id.leader), atSchool, key);
    expect(first.data.cancelOpening).toEqual({
      __typename: 'FeatureDirected',
      act: { kind: 'CANCELLATION', cancelledActId: atSchool },
    });
    expect(await cancelled(staff(id.leader), atSchool, key)).toEqual(first);
    expect((await cancelled(staff(id.leader), atSchool)).data.cancelOpening).toEqual({
      ...{ __typename: 'FeatureOpeningNotPlanned', code: 'FEATURE_OPENING_NOT_PLANNED' },
    });
    expect((await cancelled(staff(id.administrator), everywhere)).data.cancelOpening).toMatchObject({
      __typename: 'FeatureDirected',
    });
  });
});
