import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAs } from '@ranselpost/kit/testing/look';
import { outsiders, outsidersOfUnits } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { aRegisteredUnit, hearOfUnits, saidOfUnit } from '../testing/units.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';
import { setUnitContact } from '../usecases/set-unit-contact.ts';

let world: World;
let service: TestService;
const hear = (...units: Parameters<typeof saidOfUnit>[0][]) =>
  hearOfUnits(world, ...units.map((more) => saidOfUnit(more)));

beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  await aRegisteredUnit(world, 'school');
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const query = `query ($id: ID!) { unit(id: $id) { name register {
  organisationNumber name ownership owner { organisationNumber name }
  isActive isListed openedOn closedOn email phone website readAt
  postalAddress { lines postcode place } visitingAddress { lines } } } }`;
const ask = (actor: Actor, unit = 'school') => service.ask(actor, query, { id: world.unit[unit] });
const mother = () => guardian(world.id.mother);

describe('the units that take contact forms (M22)', () => {
  const listed = async (actor: Actor) =>
    service.post('/form-units', {}, await service.actors.sign(actor, 'identity'));
  const gateway: Actor = { kind: 'service', name: 'gateway' };

  test.each<[string, () => Actor]>([
    ['a guardian', mother],
    ['staff', () => staff(world.id.leader)],
    ['another of our services', () => ({ kind: 'service', name: 'attendance' })],
  ])('are told to the gateway and not to %s', async (_who, actorOf) => {
    expect((await listed(actorOf())).status).toBe(403);
  });

  test('are those that the open registers list, with after school by its school; none that they do not (ADR-04)', async () => {
    const { body } = await listed(gateway);
    expect(body.units).toEqual([
      { id: expect.any(String), name: 'Paraplyen SFO', kind: 'AFTER_SCHOOL' },
      { id: world.unit['school'], name: 'Paraplyen skole', kind: 'SCHOOL' },
    ]);
    const change = (isListed: boolean) =>
      world.database.admin`
        update unit_register set record = jsonb_set(record, '{isListed}', to_jsonb(${isListed}::boolean))`;
    await change(false);
    expect((await listed(gateway)).body).toEqual({ units: [] });
    await change(true);
  });
});

describe('the units that anybody may look for a place at (P03)', () => {
  const unitDirectory = `query ($kind: UnitKind, $ids: [ID!], $first: Int, $after: String) {
    unitDirectory(kind: $kind, ids: $ids, first: $first, after: $after) {
      nodes { id name kind ownership phone visitingAddress { place } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    readonly nodes: readonly { readonly name: string }[];
    readonly pageInfo: { readonly endCursor: string };
  }
  const ask = (variables: object, actor: Actor) => service.ask(actor, unitDirectory, variables);
  const list = async (variables: object): Promise<Page> =>
    (await ask(variables, guardian(newId()))).data?.['unitDirectory'] as Page;
  const namesOf = async (variables: object) => (await list(variables)).nodes.map(({ name }) => name);

  test('are shown to whoever is signed in, with what the open registers say of them', async () => {
    const { nodes } = await list({ kind: 'SCHOOL' });
    expect(nodes).toEqual([
      {
        ...{ id: world.unit['school'], name: 'Paraplyen skole', kind: 'SCHOOL' },
        ...{ ownership: 'MUNICIPAL', phone: '900 00 001' },
        visitingAddress: null,
      },
    ]);
  });

  test('come page by page, and some alone', async () => {
    const first = await list({ first: 1 });
    expect(first).toMatchObject({ nodes: [{ name: 'Paraplyen SFO' }], pageInfo: { hasNextPage: true } });
    expect(await namesOf({ first: 1, after: first.pageInfo.endCursor })).toEqual(['Paraplyen skole']);
    expect(await namesOf({ ids: [world.unit['school']] })).toEqual(['Paraplyen skole']);
    expect(await namesOf({ ids: [newId()] })).toEqual([]);
  });

  test('do not have among them what no open register lists, whoever asks (ADR-04)', async () => {
    await world.database.admin`
      update unit_register set record = jsonb_set(record, '{isListed}', 'false'::jsonb)`;
    expect(await namesOf({})).toEqual([]);
    await world.database.admin`
      update unit_register set record = jsonb_set(record, '{isListed}', 'true'::jsonb)`;
  });

  test('are told to no machine', async () => {
    const machine: Actor = { kind: 'machine', clientId: 'one', organisation: '310000000', scopes: [] };
    expect((await ask({}, machine)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('what the registers say of a unit', () => {
  // An administrator sees every unit, and so what the registers say of it.
  test.each(outsiders.filter(([who]) => !who.includes('administrator')))(
    'is nothing to %s (ADR-04)',
    async (_who, actorOf) => {
      const hidden = await ask(actorOf(world));
      expect(hidden).toEqual(await service.ask(actorOf(world), query, { id: newId() }));
      expect(
        await lookAs(world.deps.db, actorOf(world), (tx) => tx.execute(sql`select 1 from unit_register`)),
      ).toHaveLength(0);
    },
  );

  test('stands beside what the roster calls it, to its guardians and its staff', async () => {
    for (const actor of [mother(), staff(world.id.teacher), staff(world.id.administrator)]) {
      const { data } = await ask(actor);
      expect(data.unit).toEqual({
        name: 'Paraplyen skole',
        register: {
          ...{
            organisationNumber: '310004561',
            name: 'Paraplyen barneskole',
            ownership: 'MUNICIPAL',
            isActive: true,
            isListed: true,
          },
          owner: { organisationNumber: '310001236', name: 'TINGVIKA KOMMUNE' },
          ...{ openedOn: '1962-08-20', closedOn: null },
          ...{ email: 'post@paraplyen.example', phone: '900 00 001', website: null },
          postalAddress: { lines: ['Postboks 12'], postcode: '9990', place: 'TINGVIKA' },
          visitingAddress: null,
          readAt: '2026-11-21T03:00:00.000Z',
        },
      });
    }
  });

  test('is how to reach it until the municipality says so itself, and never after (FREG-14)', async () => {
    const reach = `query ($id: ID!) { unit(id: $id) { contact { phone email openingHours source } } }`;
    const contact = async () =>
      (await service.ask(mother(), reach, { id: world.unit['school'] })).data.unit.contact;
    expect(await contact()).toEqual({
      ...{ phone: '900 00 001', email: 'post@paraplyen.example', openingHours: null, source: 'REGISTER' },
    });
    const card = { phone: '22 00 00 00', email: null, openingHours: null };
    await setUnitContact(world.deps, staff(world.id.leader), world.unit['school']!, card);
    await hear({ revision: 8, phone: '900 00 002' });
    expect(await contact()).toEqual({ ...card, source: 'MUNICIPALITY' });
  });

  test('is null for an after-school unit, which no register knows', async () => {
    expect((await ask(mother(), 'sfo')).data.unit.register).toBeNull();
  });

  test('is not overwritten by an older word, and waits for a unit that is on no roster yet (S-24)', async () => {
    await hear({ revision: 9, phone: '900 00 009' }, { revision: 8, phone: '900 00 008' });
    await hear({ revision: 6, phone: '900 00 006' }, { organisationNumber: '310999996', revision: 1 });
    expect((await ask(mother())).data.unit.register.phone).toBe('900 00 009');
    const rows = await world.database
      .admin`select 1 from unit_register where organisation_number = '310999996'`;
    expect(rows).toHaveLength(1);
  });

  test('is told to others as far as a private owner has it, when that changes (P12, S-24)', async () => {
    const told = async () =>
      world.database.admin<{ is_private: boolean; has_risen: boolean }[]>`
        select (o.data ->> 'isPrivate')::boolean as is_private, (o.data ->> 'revision')::int = u.revision as has_risen
        from outbox o join unit u on u.unit_id::text = o.subject
        where o.type = 'identity.unit.changed.v1' and u.unit_id = ${world.unit['school']!} order by o.id desc limit 1`;
    const before = await told();
    await hear({ revision: 10, ownership: 'MUNICIPAL' });
    expect(await told()).toEqual(before);
    await hear({ revision: 11, ownership: 'PRIVATE' });
    expect(await told()).toEqual([{ is_private: true, has_risen: true }]);
    await hear({ revision: 12, ownership: null });
    expect(await told()).toEqual([{ is_private: false, has_risen: true }]);
    await hear({ revision: 13, ownership: 'MUNICIPAL' });
    expect(await told()).toEqual([{ is_private: false, has_risen: true }]);
  });

  test('changes nothing that the roster or the municipality has said (FREG-14)', async () => {
    const local = () => world.database.admin`
      select u.name, u.kind, u.is_active, c.phone from unit u left join unit_contact c using (unit_id) order by unit_id`;
    const before = await local();
    await hear({ revision: 20, isActive: false, closedOn: '2026-11-01', name: 'Nedlagt skole' });
    expect(await local()).toEqual(before);
    expect((await ask(mother())).data.unit).toMatchObject({
      ...{ name: 'Paraplyen skole', register: { isActive: false } },
    });
  });
});

describe('where registers and rosters differ (X07)', () => {
  const find = `query ($kind: UnitFindingKind, $first: Int, $after: String) {
    unitFindings(kind: $kind, first: $first, after: $after) {
      nodes { kind unit { name } register { name isActive } } pageInfo { hasNextPage endCursor } } }`;

  test.each(outsidersOfUnits)('is not for %s to read', async (_who, actorOf) => {
    const { errors } = await service.ask(actorOf(world), find);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test.each<Name>(['leader', 'teacher'])('is not for the %s of a unit to read', async (who) => {
    const { errors } = await service.ask(staff(world.id[who]), find);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('is a list for administrators, and nothing is closed or removed by it', async () => {
    const ask = async (more: object = {}) =>
      (await service.ask(staff(world.id.administrator), find, more)).data.unitFindings;
    const closed = await ask({ kind: 'CLOSED_BY_REGISTER' });
    expect(closed.nodes).toEqual([
      {
        kind: 'CLOSED_BY_REGISTER',
        unit: { name: 'Paraplyen skole' },
        register: { name: 'Nedlagt skole', isActive: false },
      },
    ]);
    expect((await ask({ kind: 'NOT_HERE' })).nodes).toMatchObject([
      { unit: null, register: { isActive: true } },
    ]);
    expect(
      (await ask({ kind: 'NOT_IN_REGISTER' })).nodes.map((one: { unit: object }) => one.unit),
    ).toHaveLength(2);
    const first = await ask({ first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await ask({ first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes]).toHaveLength(4);
  });
});
