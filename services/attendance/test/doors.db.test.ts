import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { SignJWT, UnsecuredJWT, generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import { type Service, absenceOf, childAbsences, inputOf, reportAbsence, startService } from './service.ts';
import { copyHas, today, tomorrow } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('attendance', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors });
  await tellFamilies(identity, database);
  identity.beat();
  await copyHas(database.db, identity);
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const anInput = ({
  childId = children.ours,
  unitId = places.school,
  day = today,
  ...more
}: { childId?: string; unitId?: string; day?: string } & object = {}) => ({
  ...inputOf({ childId, unitId, day, cause: 'SICK', idempotencyKey: newId() }),
  ...more,
});

describe('without a valid actor token (S-13)', () => {
  const token = (header = {}, actor: object = people.mother) =>
    new SignJWT({ actor })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'actor+jwt', kid: actors.privateKey.kid!, ...header })
      .setIssuer(actors.issuer)
      .setAudience('attendance')
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime('60s');
  const key = () => importJWK(actors.privateKey, 'EdDSA');
  const past = Math.floor(Date.now() / 1000) - 120;

  const tokens: [string, () => Promise<string | undefined>][] = [
    ['none', async () => undefined],
    ['an empty one', async () => ''],
    ['no token at all', async () => 'hello'],
    [
      'an expired one',
      async () =>
        token()
          .setIssuedAt(past)
          .setExpirationTime(past + 60)
          .sign(await key()),
    ],
    ['one for another audience', async () => actors.sign(people.mother, 'identity')],
    [
      'one for two audiences',
      async () =>
        token()
          .setAudience(['attendance', 'identity'])
          .sign(await key()),
    ],
    [
      'one of another issuer',
      async () =>
        token()
          .setIssuer('somebody')
          .sign(await key()),
    ],
    [
      'one that lives for a day',
      async () =>
        token()
          .setIssuedAt(past)
          .setExpirationTime('1d')
          .sign(await key()),
    ],
    [
      'one without an id',
      async () =>
        token()
          .setJti('')
          .sign(await key()),
    ],
    ['one of another type', async () => token({ typ: 'JWT' }).sign(await key())],
    [
      'an unsigned one',
      async () =>
        new UnsecuredJWT({ actor: people.mother })
          .setIssuer(actors.issuer)
          .setAudience('attendance')
          .setJti(newId())
          .setIssuedAt()
          .setExpirationTime('60s')
          .encode(),
    ],
    ['one that a client made', async () => token().sign((await generateKeyPair('EdDSA')).privateKey)],
    [
      'one that is signed with the public key as a secret',
      async () => token({ alg: 'HS256' }).sign(Buffer.from(actors.privateKey.x!, 'base64url')),
    ],
    [
      'one with an actor that is none of ours',
      async () => token({}, { kind: 'superuser' }).sign(await key()),
    ],
    [
      'a replayed one',
      async () => {
        const used = await actors.sign(people.mother, 'attendance');
        const first = await service.send({ authorization: `Bearer ${used}`, ...json }, ask('{ __typename }'));
        expect(first.status).toBe(200);
        return used;
      },
    ],
  ];
  const json = { 'content-type': 'application/json' };
  const ask = (query: string) => JSON.stringify({ query });
  const refused = '{"errors":[{"message":"Sign in and try again.","extensions":{"code":"UNAUTHENTICATED"}}]}';

  test.each(tokens)('answers 401 with the same body to %s', async (_which, make) => {
    for (const query of ['{ __typename }', '{ _service { sdl } }', childAbsences, 'not a query']) {
      const given = await make();
      const headers = given === undefined ? {} : { authorization: `Bearer ${given}` };
      const answer = await service.send({ ...json, ...headers }, ask(query));
      expect([answer.status, answer.body]).toEqual([401, refused]);
    }
  });

  test('answers 401 on every path and method, and to a body too large to read', async () => {
    for (const [method, path] of [
      ['GET', '/graphql'],
      ['GET', '/'],
      ['POST', '/readyz'],
      ['DELETE', '/graphql'],
    ])
      expect((await service.send({}, '', method, path)).body).toBe(refused);
    expect((await service.send(json, 'x'.repeat(400_000)).catch(() => ({ body: refused }))).body).toBe(
      refused,
    );
  });

  test('names the actor by the token alone, whatever a header says (S-01)', async () => {
    const answer = await service.send(
      {
        ...json,
        authorization: `Bearer ${await actors.sign(people.stranger, 'attendance')}`,
        'x-actor': JSON.stringify(people.mother),
      },
      JSON.stringify({ query: childAbsences, variables: { id: children.ours, actor: people.mother } }),
    );
    expect(answer.codes).toEqual(['NOT_FOUND _entities 0 absences']);
  });
});

describe('the graph', () => {
  const day = tomorrow;

  test('reports an absence, and reads it back on child and unit', async () => {
    const input = anInput({ day });
    const { data, codes } = await service.ask(people.mother, reportAbsence, { input });
    expect(codes).toEqual([]);
    const expected = { day, cause: 'SICK', child: { id: children.ours }, unit: { id: places.school } };
    expect(data).toMatchObject({
      reportAbsence: { __typename: 'AbsenceReported', outcomes: [{ absences: [expected], refusal: null }] },
    });
    const absence = absenceOf(data);
    const shown = { absences: { nodes: [{ ...expected, id: absence.id }] } };
    for (const who of [people.mother, people.father, people.teacher])
      expect((await service.ask(who, childAbsences, { id: children.ours })).data).toEqual({
        _entities: [shown],
      });
    const ofUnit = await service.ask(
      people.teacher,
      `query ($id: ID!, $day: Date!) { _entities(representations: [{ __typename: "Unit", id: $id }]) {
        ... on Unit { absences(day: $day) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } } }`,
      { id: places.school, day },
    );
    expect(ofUnit.data).toMatchObject({
      _entities: [{ absences: { edges: [{ node: { id: absence.id } }], pageInfo: { hasNextPage: false } } }],
    });
    const byId = `query ($id: ID!) { _entities(representations: [{ __typename: "Absence", id: $id }]) {
      ... on Absence { day cause reportedAt } } }`;
    expect((await service.ask(people.father, byId, { id: absence.id })).data).toMatchObject({
      _entities: [{ day, cause: 'SICK' }],
    });
    expect((await service.ask(people.stranger, byId, { id: absence.id })).body).toBe(
      (await service.ask(people.stranger, byId, { id: newId() })).body,
    );
  });

  test('refuses with a type of its own, in bokmål, for each reason the rules foresee', async () => {
    const report = async (more: object) =>
      (await service.ask(people.mother, reportAbsence, { input: anInput(more) })).data?.['reportAbsence'];
    expect(await report({ day: addDays(today, -1) })).toMatchObject({
      ...{ __typename: 'AbsenceDayPast', code: 'ABSENCE_DAY_PAST', firstPossibleDay: today },
      message: expect.stringContaining('Dagen er over.'),
    });
    expect(await report({ unitId: places.otherSchool })).toMatchObject({
      outcomes: [{ absences: [], refusal: { __typename: 'AbsenceUnitWrong', code: 'ABSENCE_UNIT_WRONG' } }],
    });
    const tooMany = Array.from({ length: 500 }, () => ({ childId: newId(), unitId: places.school }));
    expect(await report({ places: tooMany })).toMatchObject({ code: 'ABSENCE_TOO_MANY' });
    for (const [more, code] of [
      [{ lastDay: addDays(today, -1) }, 'ABSENCE_ENDS_BEFORE_IT_STARTS'],
      [{ cause: 'LEAVE' }, 'ABSENCE_IS_LEAVE'],
      [{ cause: null }, 'ABSENCE_CAUSE_MISSING'],
      [{ arrivesAt: '10:00', leavesAt: '10:00' }, 'ABSENCE_PART_WRONG'],
    ] as const)
      expect(await report(more)).toMatchObject({ __typename: 'AbsenceReportInvalid', code });
    expect(await report({ day: addDays(today, 730) })).toMatchObject({
      outcomes: [{ absences: [], refusal: { code: 'ABSENCE_TOO_FAR_AHEAD' } }],
    });
    const slot = { day: addDays(today, 30) };
    const first = (await report(slot)) as { outcomes: { absences: { id: string }[] }[] };
    expect(await report({ ...slot, cause: 'OTHER' })).toMatchObject({
      outcomes: [
        { absences: [{ id: first.outcomes[0]!.absences[0]!.id, cause: 'SICK' }], knownDays: [slot.day] },
      ],
    });
  });

  test.each([
    ['an unknown cause', { cause: 'FEVER' }],
    ['a time that is none', { arrivesAt: '25:00' }],
    ['nobody', { places: [] }],
    ['free text for a cause (ABS-04)', { cause: 'has a fever' }],
    ['a day that is none', { day: '2026-02-30' }],
    ['an instant for a day', { day: '2026-11-23T08:00:00Z' }],
    ['no key', { idempotencyKey: '' }],
    ['a key too long', { idempotencyKey: 'k'.repeat(65) }],
    ['a field that there is not', { note: 'hello' }],
  ])('answers BAD_USER_INPUT to %s', async (_what, more) => {
    const answer = await service.ask(people.mother, reportAbsence, { input: anInput(more) });
    expect(answer.codes.map((code) => code.split(' ')[0])).toEqual(['BAD_USER_INPUT']);
    expect(answer.data ?? null).toBeNull();
  });

  test.each([
    'absences(first: 0)',
    'absences(first: 101)',
    'absences(after: "bm9uc2Vuc2U")',
    'absences(after: "?")',
  ])('answers BAD_USER_INPUT to %s', async (field) => {
    const query = childAbsences.replace('absences', field);
    expect((await service.ask(people.mother, query, { id: children.ours })).codes).toEqual([
      'BAD_USER_INPUT _entities 0 absences',
    ]);
  });

  test('pages with cursors', async () => {
    for (const later of [60, 61, 62])
      await service.ask(people.father, reportAbsence, {
        input: anInput({ childId: children.small, unitId: places.kindergarten, day: addDays(today, later) }),
      });
    const page = async (after: string | null) => {
      const query = `query ($id: ID!, $after: String) { _entities(representations: [{ __typename: "Child", id: $id }]) {
        ... on Child { absences(first: 2, after: $after) { nodes { day } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }`;
      const { data } = await service.ask(people.father, query, { id: children.small, after });
      return (data!['_entities'] as { absences: { nodes: unknown[]; pageInfo: { endCursor: string } } }[])[0]!
        .absences;
    };
    const first = await page(null);
    expect(first).toMatchObject({
      nodes: [{ day: addDays(today, 62) }, { day: addDays(today, 61) }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(await page(first.pageInfo.endCursor)).toMatchObject({
      nodes: [{ day: addDays(today, 60) }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  test('asks the database once for the absences of many children', async () => {
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Child { absences { nodes { id } } } } }`;
    const all = [children.ours, newId(), children.small].map((id) => ({ __typename: 'Child', id }));
    const { data, codes } = await service.ask(people.mother, query, { all });
    expect(codes).toEqual(['NOT_FOUND _entities 1 absences']);
    expect(data).toMatchObject({ _entities: [{ absences: {} }, { absences: null }, { absences: {} }] });
  });

  test('does not answer introspection', async () => {
    expect((await service.ask(people.mother, '{ __schema { types { name } } }')).data ?? null).toBeNull();
  });
});

describe('a child that is not mine, is masked, or does not exist (S-06, GUA-20)', () => {
  const ids = () => [newId(), children.theirs, children.masked, 'no id at all', children.ours.toUpperCase()];

  test('gets the same bytes on reading and reporting', async () => {
    for (const query of [
      childAbsences,
      childAbsences.replace('absences', 'absences(from: "2020-01-01", first: 1)'),
    ])
      for (const id of ids())
        expect((await service.ask(people.mother, query, { id })).body).toBe(
          (await service.ask(people.mother, query, { id: newId() })).body,
        );
    const bodies = new Set<string>();
    for (const id of ids())
      bodies.add((await service.ask(people.mother, reportAbsence, { input: anInput({ childId: id }) })).body);
    expect([...bodies]).toHaveLength(1);
  });

  test('gets the same bytes also where the report would be refused for another reason', async () => {
    const bodies = new Set<string>();
    for (const childId of ids())
      for (const more of [{ day: '2020-01-01' }, { unitId: places.otherSchool }])
        bodies.add(
          (await service.ask(people.stranger, reportAbsence, { input: anInput({ childId, ...more }) })).body,
        );
    expect([...bodies]).toHaveLength(1);
  });

  test.each([
    ['reading', async (id: string) => service.ask(people.stranger, childAbsences, { id })],
    [
      'reporting',
      async (id: string) => service.ask(people.stranger, reportAbsence, { input: anInput({ childId: id }) }),
    ],
  ])('takes the same time on %s', async (_what, ask) => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 450; round += 1) {
      const kinds = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      for (const kind of kinds) {
        const id = kind === 'known' ? (round % 4 < 2 ? children.ours : children.masked) : newId();
        const before = performance.now();
        await ask(id);
        if (round >= 50) times[kind].push(performance.now() - before);
      }
    }
    // How often a known child takes longer than an unknown one: a coin's toss when nothing can be told from it.
    const longer = times.known.map((known) => times.unknown.filter((unknown) => known > unknown).length);
    const share = longer.reduce((sum, count) => sum + count, 0) / times.known.length / times.unknown.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
  });
});

test('answers go on for as long as the copy is fresh when identity is gone (S-28)', async () => {
  await identity.close();
  const { data, codes } = await service.ask(people.mother, childAbsences, { id: children.ours });
  expect(codes).toEqual([]);
  expect(data).toMatchObject({ _entities: [{ absences: {} }] });
  expect(await service.failing()).toEqual([]);
});

test('nothing in the log names a person, a cause or a token (S-07)', () => {
  expect(service.output()).not.toMatch(/SICK|eyJ|Bearer/);
  expect(service.output()).not.toContain('"level":50');
});
