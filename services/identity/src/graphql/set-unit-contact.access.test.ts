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
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const set = `mutation ($input: SetUnitContactInput!) { setUnitContact(input: $input) {
  ... on UnitContactSet { contact { phone email openingHours source } } } }`;
const card = { phone: '+47 22 00 00 00', email: 'post@paraplyen.example', openingHours: 'kl. 8–15' };
const read = async (name: Name) => {
  const query = `query ($id: ID!) { unit(id: $id) { contact { phone email openingHours source } } }`;
  return (await service.ask(guardian(world.id[name]), query, { id: world.unit['school'] })).data.unit.contact;
};

describe('how to reach the office of a unit (X07)', () => {
  test.each(outsidersOfUnits)('is not for %s to write', async (_who, actorOf) => {
    const actor = actorOf(world);
    const hidden = await service.ask(actor, set, { input: { unitId: world.unit['school'], ...card } });
    expect(hidden.data).toBeNull();
    expect(hidden).toEqual(await service.ask(actor, set, { input: { unitId: newId(), ...card } }));
    expect(hidden).toEqual(await service.ask(actor, set, { input: { unitId: 'nonsense', ...card } }));
  });

  test.each<Name>(['teacher', 'assistant', 'office'])('is not for %s to write', async (who) => {
    const { errors } = await service.ask(staff(world.id[who]), set, {
      input: { unitId: world.unit['school'], ...card },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(await read('mother')).toBeNull();
  });

  test.each([
    [{}],
    [{ phone: 'ring oss' }],
    [{ email: 'post' }],
    [{ openingHours: 'x'.repeat(201) }],
    [{ phone: '' }],
  ])('is not %j', async (contact) => {
    const { errors } = await service.ask(staff(world.id.leader), set, {
      input: { unitId: world.unit['school'], ...contact },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('is the leader’s to write, and administrators’; whoever sees the unit reads it', async () => {
    const { id, unit } = world;
    const by = async (who: Name, contact: object) =>
      (await service.ask(staff(id[who]), set, { input: { unitId: unit['school'], ...contact } })).data
        .setUnitContact.contact;
    const ours = { source: 'MUNICIPALITY' };
    expect(await by('leader', card)).toEqual({ ...card, ...ours });
    expect(await read('mother')).toEqual({ ...card, ...ours });
    const other = { phone: '22 00 00 01', email: null, openingHours: null };
    expect(await by('administrator', other)).toEqual({ ...other, ...ours });
    expect(await read('father')).toEqual({ ...other, ...ours });
  });
});
