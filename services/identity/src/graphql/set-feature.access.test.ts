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

const mutation = `mutation ($input: SetFeatureInput!) { setFeature(input: $input) {
  __typename
  ... on FeatureDirected { act { id kind feature state reason madeById approvedById place { level unitKind units { id name } } } }
  ... on FeatureReopeningProposed { proposalId expiresOn }
  ... on FeatureOpeningDayUnwise { concern }
  ... on Refusal { code message } } }`;
const input = (place: object, more: object = {}) => ({
  input: { feature: 'ABSENCE', place, state: 'CLOSED', reason: 'A test', idempotencyKey: newId(), ...more },
});
const set = async (who: Name, place: object, more: object = {}) =>
  (await service.ask(staff(world.id[who]), mutation, input(place, more))).data?.setFeature;
const acts = () => world.database.admin`select from feature_act`;

describe('setting a feature is not open', () => {
  test.each(outsidersOfUnits)(
    'to %s: there is no such unit for staff, and nothing at all for others',
    async (_who, actorOf) => {
      const actor = actorOf(world);
      const code = actor.kind === 'staff' ? 'NOT_FOUND' : 'FORBIDDEN';
      const here = await service.ask(actor, mutation, input({ unitIds: [world.unit['school']] }));
      expect(here.errors).toMatchObject([{ extensions: { code } }]);
      // The same for one that does not exist, to the byte (S-06).
      const nowhere = await service.ask(actor, mutation, input({ unitIds: [newId()] }));
      expect(nowhere).toEqual(here);
      for (const place of [{ everywhere: true }, { unitKind: 'SCHOOL' }]) {
        const { errors } = await service.ask(actor, mutation, input(place));
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
      expect(await acts()).toHaveLength(0);
    },
  );

  test.each<Name>(['teacher', 'assistant', 'office', 'afterSchool'])(
    'to %s of the unit itself, who is not its leader',
    async (who) => {
      const unit = world.unit[who === 'afterSchool' ? 'sfo' : 'school'];
      const { errors } = await service.ask(staff(world.id[who]), mutation, input({ unitIds: [unit] }));
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    },
  );

  test('to a leader for more than their units, nor to an administrator signed in as a guardian (GUA-24)', async () => {
    const { id, unit } = world;
    for (const [actor, place, code] of [
      [staff(id.leader), { everywhere: true }, 'FORBIDDEN'],
      [staff(id.leader), { unitIds: [unit['school'], unit['other']] }, 'NOT_FOUND'],
      [guardian(id.administrator), { everywhere: true }, 'FORBIDDEN'],
    ] as const) {
      const { errors } = await service.ask(actor, mutation, input(place));
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  });

  test.each([
    ['no place', {}, {}],
    ['two places', { everywhere: true, unitKind: 'SCHOOL' }, {}],
    ['no units', { unitIds: [] }, {}],
    ['everywhere that is not so', { everywhere: false }, {}],
    ['no reason', { everywhere: true }, { reason: ' ' }],
    ['a reason without an end', { everywhere: true }, { reason: 'x'.repeat(501) }],
    ['no key', { everywhere: true }, { idempotencyKey: '' }],
    ['a text in one language', { everywhere: true }, { notice: { nb: 'x', nn: '', en: '' } }],
    ['what is open and hidden', { everywhere: true }, { state: 'OPEN', hidesExisting: true }],
  ])('with %s', async (_what, place, more) => {
    const { errors } = await service.ask(staff(world.id.administrator), mutation, input(place, more));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await acts()).toHaveLength(0);
  });
});

describe('setting a feature is open', () => {
  test('to administrators, anywhere (D01)', async () => {
    expect(await set('administrator', { unitIds: [world.unit['school']] }, { state: 'OPEN' })).toMatchObject({
      __typename: 'FeatureDirected',
      act: {
        ...{ kind: 'STATEMENT', feature: 'ABSENCE', state: 'OPEN', reason: 'A test', approvedById: null },
        madeById: world.id.administrator,
        place: { level: 'UNIT', unitKind: null, units: [{ name: 'Paraplyen skole' }] },
      },
    });
    for (const place of [{ everywhere: true }, { unitKind: 'SCHOOL' }])
      expect(await set('administrator', place)).toMatchObject({ __typename: 'FeatureDirected' });
  });

  test('to leaders for what they lead: to close it, and to open what the municipality has turned on (D08)', async () => {
    expect(await set('leader', { unitIds: [world.unit['school']] })).toMatchObject({
      __typename: 'FeatureDirected',
    });
    expect(await set('leader', { unitIds: [world.unit['school']] }, { state: 'OPEN' })).toMatchObject({
      __typename: 'FeatureDirected',
    });
    const refused = await set(
      'leader',
      { unitIds: [world.unit['school']] },
      { state: 'OPEN', feature: 'NEWS' },
    );
    expect(refused).toMatchObject({ __typename: 'FeatureNotTurnedOn', code: 'FEATURE_NOT_TURNED_ON' });
    expect(refused.message).toContain('Kommunen');
  });

  test('on a Friday when somebody insists, and says why (D08)', async () => {
    world.setNow('2026-11-27T08:00:00Z');
    const friday = { state: 'OPEN', feature: 'NEWS' };
    expect(await set('administrator', { everywhere: true }, friday)).toMatchObject({
      ...{ __typename: 'FeatureOpeningDayUnwise', concern: 'FRIDAY' },
    });
    expect(await set('administrator', { everywhere: true }, { ...friday, insistsOnDay: true })).toMatchObject(
      {
        __typename: 'FeatureDirected',
      },
    );
    world.setNow('2026-11-24T08:00:00Z');
  });
});

describe('what stands is shown', () => {
  const ofUnit = `query ($id: ID!) { unit(id: $id) { features { id feature state opensOn isReadable
    notice { key nb } unit { id } contact { phone } } } }`;
  const overview = `query ($after: String) { features(feature: ABSENCE, first: 3, after: $after) {
    nodes { state unit { id name } } pageInfo { hasNextPage endCursor } } }`;
  const history = `query ($after: String) { featureActs(first: 2, after: $after) {
    nodes { kind reason madeById madeAt isCancelled insistsOnDay liftedStopIds notice { nb } } pageInfo { hasNextPage endCursor } } }`;
  const reference = `query ($id: ID!) { _entities(representations: [{ __typename: "FeatureState", id: $id }]) {
    ... on FeatureState { feature state notice { key } contact { phone } } } }`;

  test('to whoever may see the unit, with all that nobody has spoken of (D08)', async () => {
    const { id, unit } = world;
    const { data } = await service.ask(guardian(id.mother), ofUnit, { id: unit['nursery'] });
    expect(data.unit.features).toHaveLength(10);
    const absence = data.unit.features.find((one: { feature: string }) => one.feature === 'ABSENCE');
    expect(absence).toMatchObject({
      state: 'CLOSED',
      notice: { key: 'NOT_OPEN' },
      unit: { id: unit['nursery'] },
    });
    expect(data.unit.features.find((one: { feature: string }) => one.feature === 'MESSAGING')).toMatchObject({
      ...{ state: 'CLOSED', isReadable: false, contact: null },
    });
    const byId = async (actor: ReturnType<typeof guardian>, of: string) =>
      service.ask(actor, reference, { id: of });
    expect((await byId(guardian(id.mother), absence.id)).data._entities[0]).toMatchObject({
      state: 'CLOSED',
    });
    for (const nothing of [absence.id.replace('ABSENCE', 'NOTHING'), `${newId()}:ABSENCE`, 'nonsense'])
      expect(await byId(guardian(id.mother), nothing)).toEqual(await byId(guardian(), absence.id));
  });

  test('as a whole, and with its history, to administrators alone', async () => {
    for (const [who, query] of [
      ['leader', overview],
      ['leader', history],
      ['officer', overview],
      ['caseWorker', history],
    ] as const) {
      const { errors, data } = await service.ask(staff(world.id[who]), query);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(Object.values(data)).toEqual([null]);
    }
    const administrator = staff(world.id.administrator);
    const first = (await service.ask(administrator, overview)).data.features;
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true } });
    const second = (await service.ask(administrator, overview, { after: first.pageInfo.endCursor })).data
      .features;
    expect(second.pageInfo.hasNextPage).toBe(false);
    const names = [...first.nodes, ...second.nodes].map(({ unit }: { unit: { name: string } }) => unit.name);
    expect(names.toSorted()).toEqual([
      'Blyanten skole',
      'Paraplyen SFO',
      'Paraplyen skole',
      'Trillebåra barnehage',
    ]);

    const acts1 = (await service.ask(administrator, history)).data.featureActs;
    expect(acts1.nodes[0]).toMatchObject({
      reason: 'A test',
      insistsOnDay: true,
      madeById: world.id.administrator,
    });
    const acts2 = (await service.ask(administrator, history, { after: acts1.pageInfo.endCursor })).data
      .featureActs;
    expect(acts2.nodes).toHaveLength(2);
    for (const [query, after] of [
      [overview, first.pageInfo.endCursor.slice(1)],
      [history, Buffer.from('x').toString('base64url')],
    ])
      expect((await service.ask(administrator, query, { after })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
  });
});
