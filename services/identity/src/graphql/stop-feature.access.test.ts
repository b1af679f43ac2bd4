import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';

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

const stop = `mutation ($input: StopFeatureInput!) { stopFeature(input: $input) {
  ... on FeatureDirected { act { kind state isReadable notice { key nb } } } } }`;
const set = `mutation ($input: SetFeatureInput!) { setFeature(input: $input) {
  __typename ... on FeatureReopeningProposed { proposalId } ... on Refusal { code } } }`;
const input = (place: object, more: object = {}) => ({
  input: { feature: 'ABSENCE', place, reason: 'A test', idempotencyKey: newId(), ...more },
});
const stood = async (id: string) => {
  const query = `query ($id: ID!) { unit(id: $id) { features { feature state isReadable notice { key nb } } } }`;
  const { data } = await service.ask(guardian(world.id.mother), query, { id });
  return data.unit.features.find((one: { feature: string }) => one.feature === 'ABSENCE');
};

describe('an emergency stop (D02)', () => {
  test.each(outsidersOfUnits)('is not open to %s', async (_who, actorOf) => {
    const actor = actorOf(world);
    for (const place of [{ unitIds: [world.unit['school']] }, { everywhere: true }]) {
      const { data, errors } = await service.ask(actor, stop, input(place));
      expect(data).toBeNull();
      const isUnitForStaff = actor.kind === 'staff' && 'unitIds' in place;
      expect(errors).toMatchObject([{ extensions: { code: isUnitForStaff ? 'NOT_FOUND' : 'FORBIDDEN' } }]);
    }
    expect(await world.database.admin`select from feature_act`).toHaveLength(0);
  });

  test.each<Name>(['teacher', 'office', 'caseWorker'])('is not open to %s', async (who) => {
    const { errors } = await service.ask(
      staff(world.id[who]),
      stop,
      input({ unitIds: [world.unit['school']] }),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  test('is one administrator’s to make, and not one’s to end', async () => {
    const administrator = staff(world.id.administrator);
    const school = world.unit['school']!;
    await service.ask(administrator, set, input({ everywhere: true }, { state: 'OPEN' }));
    expect(await stood(school)).toEqual({
      feature: 'ABSENCE',
      state: 'OPEN',
      isReadable: true,
      notice: null,
    });
    const notice = { nb: 'Ring skolen', nn: 'Ring skulen', en: 'Call the school' };
    const { data } = await service.ask(administrator, stop, input({ everywhere: true }, { notice }));
    expect(data.stopFeature.act).toEqual({
      ...{ kind: 'STOP', state: 'SUSPENDED', isReadable: true },
      notice: { key: 'OWN', nb: 'Ring skolen' },
    });
    expect(await stood(school)).toEqual({
      ...{ feature: 'ABSENCE', state: 'SUSPENDED', isReadable: true },
      notice: { key: 'OWN', nb: 'Ring skolen' },
    });
    const again = await service.ask(administrator, set, input({ everywhere: true }, { state: 'OPEN' }));
    expect(again.data.setFeature).toMatchObject({ __typename: 'FeatureReopeningProposed' });
    expect((await stood(school)).state).toBe('SUSPENDED');
  });

  test('is a leader’s to make at what they lead, and none of theirs to end when the municipality made it', async () => {
    const leader = staff(world.id.leader);
    const place = { unitIds: [world.unit['school']] };
    const closed = { state: 'CLOSED', hidesExisting: true };
    const { data } = await service.ask(leader, stop, input(place, closed));
    expect(data.stopFeature.act).toMatchObject({ state: 'CLOSED', isReadable: false });
    expect(await stood(world.unit['school']!)).toMatchObject({ state: 'CLOSED', isReadable: false });
    expect(await stood(world.unit['nursery']!)).toMatchObject({ state: 'SUSPENDED', isReadable: true });
    const refused = await service.ask(leader, set, input(place, { state: 'OPEN' }));
    expect(refused.data.setFeature).toEqual({
      __typename: 'FeatureStoppedAbove',
      code: 'FEATURE_STOPPED_ABOVE',
    });
  });
});
