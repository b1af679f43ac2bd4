import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { aRound, moveRound, withoutApplications } from './applications.ts';
import { applicants, children, people, places, tellFamilies } from './families.ts';
import { type Service, startService } from './service.ts';
import { copyHas } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
let roundId: string;
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
beforeEach(async () => {
  await withoutApplications({ database });
  roundId = await aRound({ database });
});

const { mother, father, caseWorker, secondCaseWorker } = people;
const application = `id state version wantedStart origin isByViewer submittedAt child { id } round { id }
  wishes { rank unit { id } sibling { id } } guardians { id } receipts { version receivedAt } claims { id flag }`;
const refusal = `... on Refusal { code message }
  ... on PlacementApplicationRefused { standing { id } deadline startPeriod { firstDay lastDay } problems { code message at limit } }`;
const mutationOf = (name: string, answer: string): string => {
  const input = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  return `mutation ($input: ${input}) { ${name}(input: $input) { __typename ${answer} } }`;
};
const save = mutationOf(
  'savePlacementApplication',
  `... on PlacementApplicationSaved { application { ${application} } } ${refusal} ... on FeatureClosed { instead { id } }`,
);
const received = `... on PlacementApplicationReceived { application { ${application} } receipt { version receivedAt } } ${refusal}`;
const submit = mutationOf('submitPlacementApplication', received);
const change = mutationOf('changePlacementApplication', received);
const withdraw = mutationOf(
  'withdrawPlacementApplication',
  `... on PlacementApplicationWithdrawn { application { state } } ${refusal}`,
);
const byId = `query ($id: ID!) { placementApplication(id: $id) { ${application} } }`;
const ofChild = `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) {
  ... on Child { placementApplications { nodes { id } pageInfo { hasNextPage } } } } }`;
const ofRound = `query ($id: ID!, $unitId: ID, $first: Int, $after: String) { admissionRound(id: $id) {
  applications(unitId: $unitId, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;

const written = (more: object = {}) => ({
  ...{ childId: applicants.ada, roundId, wantedStart: '2027-08-15', guardianIds: [father.personId] },
  wishes: [
    { unitId: places.fjordbakken, rank: 2 },
    { unitId: places.solhaug, rank: 1, siblingId: children.ours },
  ],
  ...more,
});
interface Answered {
  readonly __typename: string;
  readonly application: { readonly id: string; readonly version: number };
  readonly receipt: unknown;
}
interface Claimed {
  readonly claim: { readonly id: string };
}
const ask = async <Value = Answered>(actor: Actor, mutation: string, input: object): Promise<Value> => {
  const { data, codes } = await service.ask(actor, mutation, { input });
  expect(codes).toEqual([]);
  return Object.values(data!)[0] as Value;
};
const sent = async (actor: Actor = mother, more: object = {}): Promise<Answered> => {
  const { application: draft } = await ask(actor, save, written(more));
  return ask(actor, submit, { applicationId: draft.id, idempotencyKey: newId() });
};

describe('an application in the graph', () => {
  test('is written, sent with a receipt, changed and withdrawn (BHG-05, BHG-07, P04)', async () => {
    const draft = await ask(mother, save, written());
    expect(draft).toMatchObject({
      __typename: 'PlacementApplicationSaved',
      application: {
        ...{
          state: 'DRAFT',
          wantedStart: '2027-08-15',
          origin: 'PORTAL',
          isByViewer: true,
          submittedAt: null,
        },
        ...{ child: { id: applicants.ada }, round: { id: roundId }, receipts: [], claims: [] },
        wishes: [
          { rank: 1, unit: { id: places.solhaug }, sibling: { id: children.ours } },
          { rank: 2, unit: { id: places.fjordbakken }, sibling: null },
        ],
        guardians: [mother.personId, father.personId].toSorted().map((id) => ({ id })),
      },
    });
    // No other year's day (BHG-02).
    expect(await ask(mother, save, written({ wantedStart: '2026-12-31' }))).toMatchObject({
      ...{ code: 'E_START', startPeriod: { firstDay: '2027-08-01', lastDay: '2028-07-31' } },
    });
    const { id: applicationId } = draft.application;
    const idempotencyKey = newId();
    const came = await ask(mother, submit, { applicationId, idempotencyKey });
    const receipt = { version: 3, receivedAt: expect.stringMatching(/:\d\d\.000Z$/) as string };
    expect(came).toMatchObject({
      ...{ __typename: 'PlacementApplicationReceived', receipt },
      application: { state: 'SUBMITTED', version: 3, receipts: [receipt] },
    });
    expect(await ask(mother, submit, { applicationId, idempotencyKey })).toEqual(came);
    const wishes = [{ unitId: places.fjordbakken, rank: 1 }];
    const changed = await ask(father, change, { applicationId, version: 3, wishes, idempotencyKey: newId() });
    expect(changed).toMatchObject({
      receipt: { version: 4 },
      application: { isByViewer: false, wantedStart: null },
    });
    expect(await ask(father, withdraw, { applicationId })).toMatchObject({ code: 'E_NOT_APPLICANT' });
    expect(await ask(mother, withdraw, { applicationId })).toMatchObject({
      application: { state: 'WITHDRAWN' },
    });
    const another = await ask(mother, save, written());
    const thrownAway = { applicationId: another.application.id };
    expect(await ask(mother, withdraw, thrownAway)).toMatchObject({ application: null });
  });

  test('is refused with a type of its own, in bokmål, for each reason the rules foresee (P07)', async () => {
    const wishes = [
      { unitId: 'X', rank: 1, siblingId: 'X' },
      { unitId: places.school, rank: 1 },
    ];
    expect(await ask(mother, save, written({ wishes }))).toMatchObject({
      ...{ __typename: 'PlacementApplicationRefused', code: 'E_WISHES', standing: null, deadline: null },
      problems: [
        { code: 'E_UNKNOWN_K', at: 0, limit: null, message: 'Det er ikke opptak her i denne runden.' },
        ...[
          { code: 'E_SIBLING', at: 0 },
          { code: 'E_UNKNOWN_K', at: 1 },
          { code: 'E_RANK', at: 1 },
        ],
      ],
    });
    expect(await ask(mother, save, written({ guardianIds: [newId()] }))).toMatchObject({
      code: 'E_GUARDIANS',
    });
    expect(await ask(mother, save, written({ version: 9 }))).toMatchObject({ code: 'E_STALE' });
    const { application: standing } = await sent();
    const second = await ask(mother, save, written());
    const key = { idempotencyKey: newId() };
    expect(await ask(mother, submit, { applicationId: second.application.id, ...key })).toMatchObject({
      ...{ code: 'E_HAS_APPLICATION', standing: { id: standing.id } },
    });
    expect(await ask(mother, submit, { applicationId: standing.id, ...key })).toMatchObject({
      code: 'E_STATE',
    });
    const late = await aRound({ database }, { deadline: '2020-03-01' });
    expect(await ask(mother, save, written({ roundId: late }))).toMatchObject({
      ...{ code: 'E_DEADLINE', deadline: '2020-03-01T22:59:59.000Z' },
    });
    await moveRound({ database }, roundId, 'CLOSED');
    expect(await ask(mother, save, written())).toMatchObject({ code: 'E_ROUND_NOT_OPEN' });
    const stopped = await aRound({ database }, { unitIds: [places.unopened] });
    const closed = written({ roundId: stopped, wishes: [{ unitId: places.unopened, rank: 1 }] });
    expect(await ask(mother, save, closed)).toMatchObject({
      ...{ __typename: 'FeatureClosed', code: 'FEATURE_CLOSED' },
    });
  });

  test('with far too many wishes is refused early and typed, for whichever child; a megabyte of them at the door (S-06)', async () => {
    const answersTo = (count: number) => {
      const wishes = Array.from({ length: count }, (_, rank) => ({ unitId: newId(), rank }));
      return Promise.all(
        [applicants.ada, applicants.bo, newId()].map((childId) =>
          service.ask(mother, save, { input: written({ childId, wishes }) }),
        ),
      );
    };
    const many = await answersTo(1_000);
    const problems = [{ code: 'E_TOO_MANY_WISHES', at: null, limit: 50 }];
    expect(many[0]!.data).toMatchObject({ savePlacementApplication: { code: 'E_WISHES', problems } });
    const megabyte = await answersTo(16_000);
    expect(megabyte.map(({ codes }) => codes)).toEqual(Array(3).fill(['BAD_USER_INPUT']));
    for (const answers of [many, megabyte]) expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  test('for somebody else’s child is NOT_FOUND in the same bytes as for none (S-06)', async () => {
    const { application: theirs } = await sent(people.otherGuardian, {
      ...{ childId: applicants.bo, guardianIds: [], wishes: [{ unitId: places.solhaug, rank: 1 }] },
    });
    const same = async (mutation: string, inputs: readonly object[]) => {
      const answers = await Promise.all(inputs.map((input) => service.ask(mother, mutation, { input })));
      expect(answers.map(({ codes }) => codes[0]?.split(' ')[0])).toEqual(inputs.map(() => 'NOT_FOUND'));
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    };
    await same(
      save,
      [applicants.bo, applicants.held, newId(), 'none'].map((childId) => written({ childId, wishes: [] })),
    );
    const ids = [theirs.id, newId(), 'none'];
    const idempotencyKey = newId();
    await same(
      submit,
      ids.map((applicationId) => ({ applicationId, idempotencyKey })),
    );
    await same(
      change,
      ids.map((applicationId) => ({ applicationId, version: 3, wishes: [], idempotencyKey })),
    );
    await same(
      withdraw,
      ids.map((applicationId) => ({ applicationId })),
    );
    const reads = await Promise.all(ids.map((id) => service.ask(mother, byId, { id })));
    expect(new Set(reads.map(({ body }) => body)).size).toBe(1);
    const lists = await Promise.all(
      [applicants.bo, newId()].map((id) => service.ask(mother, ofChild, { id })),
    );
    expect(new Set(lists.map(({ body }) => body)).size).toBe(1);
  });

  test('tells the other guardian of a protected child no time: by no id, no cursor and no claim (ADR-11)', async () => {
    const ofHidden = { childId: children.hidden, guardianIds: [] };
    const { application: first } = await sent(mother, ofHidden);
    const claimIt = mutationOf('claimPlacementPriority', '... on PlacementPriorityClaimed { claim { id } }');
    await ask(mother, claimIt, { applicationId: first.id, flag: 'law18' });
    const second = await aRound({ database }, { kind: 'SUPPLEMENTARY' });
    await sent(mother, { ...ofHidden, roundId: second });
    const page = `query ($id: ID!, $after: String) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child {
      placementApplications(first: 1, after: $after) {
        nodes { id round { id } submittedAt claims { id claimedAt provenAt } } pageInfo { endCursor hasNextPage } } } } }`;
    interface Seen {
      readonly nodes: readonly { readonly id: string; readonly claims: readonly { readonly id: string }[] }[];
      readonly pageInfo: { readonly endCursor: string };
    }
    const pageOf = async (actor: Actor, after: string | null) => {
      const { data } = await service.ask(actor, page, { id: children.hidden, after });
      return (data!['_entities'] as readonly { readonly placementApplications: Seen }[])[0]!
        .placementApplications;
    };
    const latest = await pageOf(father, null);
    expect(latest).toMatchObject({ nodes: [{ round: { id: second } }], pageInfo: { hasNextPage: true } });
    const earlier = await pageOf(father, latest.pageInfo.endCursor);
    expect(earlier).toMatchObject({
      nodes: [{ id: first.id, submittedAt: null, claims: [{ claimedAt: null, provenAt: null }] }],
      pageInfo: { hasNextPage: false },
    });
    const ids = [latest, earlier].flatMap(({ nodes }) =>
      nodes.flatMap(({ id, claims }) => [id, ...claims.map((one) => one.id)]),
    );
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(id).toMatch(/^.{14}4/);
    for (const { pageInfo } of [latest, earlier])
      expect(ids).toContain(String(Buffer.from(pageInfo.endCursor, 'base64url')));
    expect(await pageOf(mother, latest.pageInfo.endCursor)).toMatchObject({
      nodes: [{ submittedAt: expect.any(String), claims: [{ claimedAt: expect.any(String) }] }],
    });
  });

  test('is listed page by page, for whom it may be (BHG-08, ADR-04)', async () => {
    const ours = await sent();
    // First come first, to the second.
    await database.admin`update placement_application set submitted_at = submitted_at - interval '1 second'`;
    const theirs = await sent(people.otherGuardian, {
      ...{ childId: applicants.bo, guardianIds: [], wishes: [{ unitId: places.fjordbakken, rank: 1 }] },
    });
    await sent(mother, { childId: children.hidden, guardianIds: [] });
    const ids = async (actor: Actor, more: object = {}) =>
      (
        (await service.ask(actor, ofRound, { id: roundId, first: 1, ...more })).data!['admissionRound'] as {
          applications: {
            nodes: { id: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          } | null;
        }
      ).applications;
    const first = await ids(caseWorker);
    expect(first).toMatchObject({ nodes: [{ id: ours.application.id }], pageInfo: { hasNextPage: true } });
    const second = await ids(caseWorker, { after: first!.pageInfo.endCursor });
    expect(second).toMatchObject({
      nodes: [{ id: theirs.application.id }],
      pageInfo: { hasNextPage: false },
    });
    expect(await ids(caseWorker, { unitId: places.solhaug })).toMatchObject({
      ...{ nodes: [{ id: ours.application.id }], pageInfo: { hasNextPage: false } },
    });
    for (const actor of [mother, people.leaderOfSolhaug]) {
      const { codes } = await service.ask(actor, ofRound, { id: roundId });
      expect(codes).toEqual(['NOT_FOUND admissionRound applications']);
    }
    const { data } = await service.ask(mother, ofChild, { id: applicants.ada });
    expect(data).toMatchObject({
      _entities: [{ placementApplications: { nodes: [{ id: ours.application.id }] } }],
    });
  });

  test.each([
    ['no key', submit, () => ({ applicationId: newId(), idempotencyKey: '' })],
    [
      'a version that is none',
      change,
      () => ({ applicationId: newId(), version: -1, wishes: [], idempotencyKey: 'k' }),
    ],
    [
      'more guardians than anybody has',
      save,
      () => written({ guardianIds: Array.from({ length: 21 }, newId) }),
    ],
  ])('takes %s for a mistake of the caller', async (_what, mutation, input) => {
    const { codes } = await service.ask(mother, mutation, { input: input() });
    expect(codes.join()).toMatch(/^BAD_USER_INPUT/);
  });
});

describe('a claim in the graph (BHG-09, P24)', () => {
  const decided = `... on PlacementClaimDecided { claim { id flag verdict provenAt unit { id } application { id } verdicts { verdict reason } } }
    ... on Refusal { code message }`;
  const claimIt = mutationOf(
    'claimPlacementPriority',
    '... on PlacementPriorityClaimed { claim { id flag verdict unit { id } } } ... on Refusal { code message }',
  );
  const assign = mutationOf(
    'assignPlacementClaim',
    '... on PlacementClaimAssigned { claimId } ... on Refusal { code message }',
  );
  const prove = mutationOf('notePlacementProof', decided);
  const decide = mutationOf('decidePlacementClaim', decided);
  const toAssign = '{ placementClaimsToAssign { nodes { id claimedAt round { id } } } }';
  const assigned = '{ assignedPlacementClaims { nodes { id flag } } }';

  test('is claimed, waits for somebody to be named, is shown and decided on, and read by the guardians', async () => {
    const { application: ours } = await sent();
    const claim = await ask<Claimed>(mother, claimIt, { applicationId: ours.id, flag: 'law18' });
    expect(claim).toMatchObject({ claim: { flag: 'law18', verdict: null, unit: null } });
    const claimId = claim.claim.id;
    const waiting = await service.ask(secondCaseWorker, toAssign);
    expect(waiting.data).toMatchObject({
      placementClaimsToAssign: { nodes: [{ id: claimId, round: { id: roundId } }] },
    });
    const naming = { claimId, personId: caseWorker.personId };
    expect(await ask(caseWorker, assign, naming)).toMatchObject({ code: 'E_ASSIGNEE' });
    expect(await ask(secondCaseWorker, assign, naming)).toMatchObject({ claimId });
    expect((await service.ask(caseWorker, assigned)).data).toMatchObject({
      assignedPlacementClaims: { nodes: [{ id: claimId, flag: 'law18' }] },
    });
    const verdict = { claimId, verdict: 'GRANTED', idempotencyKey: newId() };
    expect(await ask(caseWorker, decide, verdict)).toMatchObject({ code: 'E_NO_PROOF' });
    const provenAt = '2026-02-01T12:00:00.000Z';
    expect(await ask(caseWorker, prove, { claimId, provenAt })).toMatchObject({
      claim: { provenAt, verdict: null, application: { id: ours.id } },
    });
    expect(await ask(caseWorker, decide, verdict)).toMatchObject({ claim: { verdict: 'GRANTED' } });
    const seenBy = async (actor: Actor) => {
      const { data } = await service.ask(actor, byId, { id: ours.id });
      return (data!['placementApplication'] as { claims: object[] }).claims;
    };
    expect(await seenBy(father)).toEqual([{ id: claimId, flag: 'law18' }]);
    expect(await seenBy(caseWorker)).toHaveLength(1);
    expect(await seenBy(secondCaseWorker)).toEqual([]);
  });

  test('is refused with a code, and is NOT_FOUND in the same bytes to whoever has nothing to do with it (S-06)', async () => {
    const { application: ours } = await sent();
    expect(await ask(mother, claimIt, { applicationId: ours.id, flag: 'x' })).toMatchObject({
      code: 'E_UNKNOWN_FLAG',
    });
    const { claim } = await ask<Claimed>(mother, claimIt, { applicationId: ours.id, flag: 'law18' });
    const query = 'query ($id: ID!) { placementClaim(id: $id) { id } }';
    for (const actor of [secondCaseWorker, people.stranger, people.officer, people.leaderOfSolhaug]) {
      const answers = await Promise.all(
        [claim.id, newId(), 'none'].map((id) => service.ask(actor, query, { id })),
      );
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    }
    for (const field of [toAssign, assigned])
      expect((await service.ask(mother, field)).codes[0]).toMatch(/^NOT_FOUND/);
  });
});
