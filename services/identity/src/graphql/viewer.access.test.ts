import { newId } from '@ranselpost/kit/ids';
import { guardian, staff, testActors } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';

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

const query = `{ viewer { id name { given family } language children { name { given } } roles { kind unit { name } group { name } } } }`;

describe('the viewer', () => {
  test('is nobody for a machine and for our own services', async () => {
    const machine = {
      kind: 'machine',
      clientId: 'x',
      organisation: '310001236',
      scopes: [] as string[],
    } as const;
    expect(await service.ask(machine, query)).toEqual({ data: { viewer: null } });
    expect(await service.ask({ kind: 'service', name: 'gateway' }, query)).toEqual({
      data: { viewer: null },
    });
  });

  test('is a person with empty lists when nobody knows them, and nothing tells that anything is hidden (GUA-20)', async () => {
    const personId = newId();
    const empty = { id: personId, name: null, language: 'NB', children: [], roles: [] };
    expect(await service.ask(guardian(personId), query)).toEqual({ data: { viewer: empty } });
    expect(await service.ask(staff(personId), query)).toEqual({ data: { viewer: empty } });
  });

  test('is as empty to a guardian whose child is held as to a stranger: their own name would tell that the child is here (ADR-02, GUA-20)', async () => {
    const [number, father] = [aNumber(), aNumber()];
    const childId = await world.child(number);
    await world.register({
      number,
      birthDate: '2018-06-21',
      protection: 'STRENGT_FORTROLIG',
      responsibilities: heldBy('felles', father),
    });
    await world.register({ number: father });
    expect(Object.values(await world.grants(childId))).toEqual(['PENDING PROTECTION_STRENGT_FORTROLIG']);
    const personId = (await world.personOf(father))!;
    expect(await service.ask(guardian(personId), query)).toEqual({
      data: { viewer: { id: personId, name: null, language: 'NB', children: [], roles: [] } },
    });
  });

  test('sees as a guardian their own children by name and no roles; as staff their roles and no children (GUA-24, F11)', async () => {
    const asGuardian = await service.ask(guardian(world.id.father), query);
    expect(asGuardian.data.viewer).toMatchObject({
      name: { given: 'SINDIG' },
      children: [
        { name: { given: 'KULERUND' } },
        { name: { given: 'PRIKKETE' } },
        { name: { given: 'SVAL' } },
      ],
      roles: [],
    });
    const asStaff = await service.ask(staff(world.id.father), query);
    expect(asStaff.data.viewer).toMatchObject({
      children: [],
      roles: [{ kind: 'TEACHER', unit: { name: 'Paraplyen skole' }, group: { name: '3A' } }],
    });
  });

  test('holds no role that ended, and none for merely being employed', async () => {
    for (const name of ['former', 'subject'] as const)
      expect((await service.ask(staff(world.id[name]), query)).data.viewer.roles).toEqual([]);
  });

  test('is who the token names and never who an argument, a header or a variable names (S-01)', async () => {
    const token = await service.actors.sign(guardian(world.id.otherMother), 'identity');
    const response = await fetch(`${service.url}/graphql?personId=${world.id.mother}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-actor': JSON.stringify(guardian(world.id.mother)),
        'x-person-id': world.id.mother,
        cookie: `personId=${world.id.mother}`,
      },
      body: JSON.stringify({
        query,
        variables: { personId: world.id.mother },
        extensions: { actor: guardian(world.id.mother) },
      }),
    });
    expect(await response.json()).toMatchObject({ data: { viewer: { id: world.id.otherMother } } });
  });

  test('is refused without a token of the gateway’s for this subgraph, with one and the same answer (S-13)', async () => {
    // Signs as the gateway does, under the gateway's name, with another key.
    const forger = await testActors(service.actors.issuer);
    const used = await service.actors.sign(guardian(world.id.mother), 'identity');
    await service.post('/graphql', { query }, used);
    const answers = [
      await service.post('/graphql', { query }),
      await service.post('/graphql', { query }, 'nonsense'),
      await service.post('/graphql', { query }, used),
      await service.post(
        '/graphql',
        { query },
        await service.actors.sign(guardian(world.id.mother), 'attendance'),
      ),
      await service.post('/graphql', { query }, await forger.sign(guardian(world.id.mother), 'identity')),
      await service.post('/graphql', { query: '{ _service { sdl } }' }),
      await service.post('/sign-in', { kind: 'guardian', number: world.number.mother }),
    ];
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], status: 401 });
    await forger.close();
  });
});
