import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { compiled } from '@ranselpost/kit/testing/compiled';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { applicants, people, places, tellFamilies } from './families.ts';
import { roundOf, twoChildren } from './runs.ts';
import { type Service, startService } from './service.ts';
import { copyHas } from './world.ts';

const { caseWorker, mother, father, otherGuardian, leaderOfSolhaug } = people;
const { solhaug, fjordbakken } = places;

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
let roundId: string;
let applications: readonly string[];
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
  const [first, second] = twoChildren;
  ({ roundId, applications } = await roundOf(
    { database },
    {
      showRank: true,
      seats: { [solhaug]: 1, [fjordbakken]: 0 },
      children: [
        { ...first!, id: applicants.ada },
        { ...second!, id: applicants.bo },
      ],
    },
  ));
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const summary = 'summary { children byWish none withRightWithout emptySeats splitFamilies }';
const run = `id purpose snapshotHash digest engineVersion madeById ${summary} pools { unit { id } group reserve seats filled }
  scenario { name version changeCount }
  placements(first: 10) { nodes { application { id child { id } } unit { id } group via wish } pageInfo { hasNextPage } }`;
const refused =
  '... on AllocationRefused { code message state problems { code at } findings { kind key code unit { id } } }';
const moved = `__typename ... on AdmissionRoundMoved { round { id state seed } } ${refused}`;
const mutations = {
  simulateRound: ['SimulateRoundInput', `__typename ... on RoundSimulated { run { ${run} } } ${refused}`],
  saveScenario: [
    'SaveScenarioInput',
    `__typename ... on ScenarioSaved { scenario { id name version seed changeCount } } ${refused}`,
  ],
  overrideRound: [
    'OverrideRoundInput',
    `__typename ... on RoundOverridden { override { id kind unit { id } application { id } group seats reason isApproved }
      displaced { gainCount loseCount gain { id } lose { id } } } ${refused}`,
  ],
  withdrawOverride: [
    'WithdrawOverrideInput',
    `__typename ... on RoundOverridden { override { withdrawnFor } } ${refused}`,
  ],
  decideRight: [
    'DecideRightInput',
    `__typename ... on RightDecided { application { id } hasRight } ${refused}`,
  ],
  allocateRound: ['MoveAdmissionRoundInput', moved],
  discardAllocation: ['DiscardAllocationInput', moved],
  publishRound: ['PublishRoundInput', moved],
} as const;
const act = async (name: keyof typeof mutations, input: object, actor: Actor = caseWorker) => {
  const [type, answer] = mutations[name];
  const key = name === 'withdrawOverride' ? {} : { idempotencyKey: newId() };
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`;
  const { data, codes } = await service.ask(actor, query, { input: { ...input, ...key } });
  expect(codes).toEqual([]);
  return data?.[name] as Record<string, unknown>;
};
const ofRound = async (fields: string, actor: Actor = caseWorker) => {
  const { data, codes } = await service.ask(
    actor,
    `query ($id: ID!) { admissionRound(id: $id) { ${fields} } }`,
    { id: roundId },
  );
  expect(codes).toEqual([]);
  return data?.['admissionRound'] as Record<string, unknown>;
};

describe('a round from its first simulation to what families read', () => {
  test('is simulated, also as a scenario, and two runs are compared (placement § 10)', async () => {
    const plain = await act('simulateRound', { roundId });
    expect(plain).toMatchObject({
      __typename: 'RoundSimulated',
      run: {
        ...{ purpose: 'SIMULATION', scenario: null, madeById: caseWorker.personId },
        summary: {
          children: 2,
          byWish: [1, 0],
          none: 1,
          withRightWithout: 1,
          emptySeats: 0,
          splitFamilies: 0,
        },
      },
    });
    const bar = { kind: 'BAR', unitId: solhaug, applicationId: applications[0] };
    const { scenario } = (await act('saveScenario', { roundId, name: 'Uten Ada', overrides: [bar] })) as {
      scenario: { id: string };
    };
    expect(scenario).toMatchObject({ name: 'Uten Ada', version: 1, changeCount: 1 });
    const other = await act('simulateRound', { roundId, scenarioId: scenario.id });
    expect(other).toMatchObject({ run: { scenario: { name: 'Uten Ada' } } });
    const [one, two] = [plain, other].map(({ run: made }) => (made as { id: string }).id);
    const compared = await service.ask(
      caseWorker,
      `query ($a: ID!, $b: ID!) { compareRuns(runId: $a, withRunId: $b) {
        gainCount loseCount gain { id } lose { id } first { none } second { none } byGroup { group first { children } } } }`,
      { a: one, b: two },
    );
    expect(compared.data).toMatchObject({
      compareRuns: {
        ...{ gainCount: 1, loseCount: 1, gain: [{ id: applications[1] }], lose: [{ id: applications[0] }] },
        byGroup: [{ group: 'SMALL', first: { children: 2 } }],
      },
    });
    const listed = await ofRound(
      'runs(first: 1) { nodes { id } pageInfo { hasNextPage } } scenarios { name }',
    );
    expect(listed).toMatchObject({
      ...{
        runs: { nodes: [{ id: two }], pageInfo: { hasNextPage: true } },
        scenarios: [{ name: 'Uten Ada' }],
      },
    });
  });

  test('is nobody’s but case workers’ (S-06)', async () => {
    const fields = 'runs { nodes { id } } scenarios { id } overrides { id } checkPage { run { id } }';
    const nothing = { runs: null, scenarios: null, overrides: null, checkPage: null };
    for (const actor of [mother, leaderOfSolhaug]) {
      expect(await ofRound(fields, actor)).toEqual(nothing);
      const query = 'query ($id: ID!) { compareRuns(runId: $id, withRunId: $id) { gainCount } }';
      expect((await service.ask(actor, query, { id: newId() })).codes).toEqual(['NOT_FOUND compareRuns']);
    }
  });

  test('is decided on by hand, and tells whom that displaces', async () => {
    const pin = { kind: 'PIN', unitId: solhaug, applicationId: applications[1] };
    const made = await act('overrideRound', { roundId, override: pin, reason: 'Vedtak' });
    expect(made).toMatchObject({
      override: {
        ...{ kind: 'PIN', reason: 'Vedtak', isApproved: false },
        application: { id: applications[1] },
      },
      displaced: { gain: [{ id: applications[1] }], lose: [{ id: applications[0] }] },
    });
    expect(
      await act('overrideRound', {
        roundId,
        override: { ...pin, applicationId: applications[0] },
        reason: 'Vedtak',
      }),
    ).toMatchObject({
      ...{
        __typename: 'AllocationRefused',
        code: 'E_INVALID',
        problems: [{ code: 'E_FULL', at: `${solhaug}/small` }],
      },
    });
    const { id: overrideId } = made['override'] as { id: string };
    expect(await act('withdrawOverride', { overrideId, reason: 'Feil' })).toMatchObject({
      override: { withdrawnFor: 'Feil' },
    });
    expect(await ofRound('overrides { kind withdrawnAt application { id } }')).toMatchObject({
      overrides: [{ kind: 'PIN', withdrawnAt: expect.any(String), application: { id: applications[1] } }],
    });
  });

  test('is allocated, looked at and published, and keeps its seed until then', async () => {
    expect(await ofRound('checkPage { run { id } }')).toEqual({ checkPage: null });
    expect(await act('allocateRound', { roundId })).toMatchObject({
      round: { state: 'ALLOCATED', seed: null },
    });
    const page = await ofRound(`checkPage { run { ${run} }
      findings { kind key code application { id } unit { id } } occupancy { unit { id } small large isWithin } }`);
    expect(page['checkPage']).toMatchObject({
      run: {
        purpose: 'FINAL',
        placements: {
          nodes: expect.arrayContaining([
            {
              ...{
                application: { id: applications[0], child: { id: applicants.ada } },
                unit: { id: solhaug },
              },
              ...{ group: 'SMALL', via: 'WISH', wish: 1 },
            },
            {
              application: { id: applications[1], child: { id: applicants.bo } },
              unit: null,
              group: null,
              via: null,
              wish: null,
            },
          ]),
        },
      },
      findings: [],
      occupancy: expect.arrayContaining([{ unit: { id: solhaug }, small: 1, large: 0, isWithin: true }]),
    });
    expect(await act('publishRound', { roundId, seen: [] })).toMatchObject({
      round: { state: 'PUBLISHED', seed: expect.any(String) },
    });
    expect(await act('publishRound', { roundId, seen: [] })).toMatchObject({
      ...{ __typename: 'AllocationRefused', code: 'E_STATE', state: 'PUBLISHED' },
    });
  });

  test('tells families what became of each wish and why, in their language, with ranks where the unit tells them (BHG-20)', async () => {
    const outcomes = async (actor: Actor, id: string, language = 'NB') => {
      const query = `query ($id: ID!) { placementApplication(id: $id) { outcomes(language: ${language}) {
        rank unit { id } outcome reason numbers { applicants place lastAdmittedPlace queue } } } }`;
      return (await service.ask(actor, query, { id })).data?.['placementApplication'];
    };
    for (const actor of [mother, father, caseWorker])
      expect(await outcomes(actor, applications[0]!)).toMatchObject({
        outcomes: [
          { rank: 1, outcome: 'OFFERED', unit: { id: solhaug }, numbers: null },
          { rank: 2, outcome: 'NOT_NEEDED' },
        ],
      });
    expect(await outcomes(otherGuardian, applications[1]!, 'EN')).toMatchObject({
      outcomes: [
        {
          ...{
            rank: 1,
            outcome: 'REJECTED',
            numbers: { applicants: 2, place: 2, lastAdmittedPlace: 1, queue: 1 },
          },
          reason: expect.stringMatching(
            /^This kindergarten had 1 place for small children and 2 applicants\..* who is older\. You are first on the list\.$/,
          ),
        },
        { rank: 2, outcome: 'REJECTED', reason: expect.stringContaining('Nobody was given a place there.') },
      ],
    });
    expect(await outcomes(mother, applications[1]!)).toBeNull();
    const reads = await database.admin`
      select from outbox where type = 'placement.child.read.v1' and data ->> 'readerId' = ${caseWorker.personId}
        and data -> 'reads' @> ${database.admin.json([{ childId: applicants.ada, kind: 'PLACEMENT', role: 'CASE_WORKER' }])}`;
    expect(reads.length).toBeGreaterThan(0);
  });

  test('comes out the same when it is done again by command (BHG-23)', async () => {
    const runs = await database.admin<{ id: string; digest: string }[]>`select id, digest from run`;
    expect(runs).toHaveLength(3);
    const replay = (...args: string[]) => {
      const file = fileURLToPath(new URL('../src/replay.ts', import.meta.url));
      const { stdout, status } = spawnSync(process.execPath, [file, ...args], {
        ...{ env: { ...compiled, DATABASE_URL: database.url }, encoding: 'utf8' },
      });
      return { status, told: stdout === '' ? null : (JSON.parse(stdout) as object) };
    };
    for (const { id, digest } of runs)
      expect(replay(id)).toMatchObject({
        status: 0,
        told: {
          isSame: true,
          stored: { digest },
          again: { digest },
          engineVersion: { now: 'ranselpost-placement/1' },
        },
      });
    expect(replay(newId())).toEqual({ status: 2, told: { errors: ['E_UNKNOWN_RUN'] } });
    expect(replay()).toEqual({ status: 2, told: null });
  });
});
