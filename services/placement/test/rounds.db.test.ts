import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { machine, people, places, tellFamilies } from './families.ts';
import { type Service, adoptStatutes, startService } from './service.ts';
import { copyHas, today } from './world.ts';

const { caseWorker, secondCaseWorker, leaderOfSolhaug, mother } = people;
let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
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
  for (const unitId of [places.solhaug, places.afterSchool]) {
    await service.ask(caseWorker, adoptStatutes, {
      input: {
        ...{ unitId, from: today, noticeMonths: 1, answerDays: 10, silenceDeclines: true, keepWaiting: true },
        ...{ priority: { mode: 'FIRST_MATCH', groups: ['law18'], criteria: ['WISH_RANK'] } },
        idempotencyKey: newId(),
      },
    });
  }
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const seats = `id group seats occupied reserved { name flag seats isSoft } area adults reason decidedById decidedAt unit { id } round { id }`;
const round = `id kind title admissionYear state deadline closesAt grace { until reason } wishLimit yearBegins
  rules { groups tieBreak lotteryUnit siblingInRound fallback conversion { from to given made } }
  units { unit { id } statutes { id version } seats { ${seats} } isOverCapacity }
  seedCommitment seed version warnings { code unit { id } } reopening { id reason proposedById proposedAt }
  moves { number move state reason unit { id } statutes { version } graceUntil madeById approvedById madeAt }`;
const refused = `... on AdmissionRoundRefused { code message state deadline units { id } places }`;
const readOne = `query ($id: ID!) { admissionRound(id: $id) { ${round} } }`;
const readAll = `query ($year: Int, $first: Int, $after: String) {
  admissionRounds(admissionYear: $year, first: $first, after: $after) { nodes { id state } pageInfo { hasNextPage endCursor } } }`;

/** Changes by name, with the type of their input and what they answer but for a refusal. */
const changes = {
  planAdmissionRound: [
    'PlanAdmissionRoundInput',
    `... on AdmissionRoundPlanned { round { ${round} } } ${refused}`,
  ],
  changeAdmissionRound: [
    'ChangeAdmissionRoundInput',
    `... on AdmissionRoundPlanned { round { ${round} } } ${refused}`,
  ],
  openAdmissionRound: [
    'MoveAdmissionRoundInput',
    `... on AdmissionRoundMoved { round { ${round} } } ${refused}`,
  ],
  closeAdmissionRound: [
    'MoveAdmissionRoundInput',
    `... on AdmissionRoundMoved { round { ${round} } } ${refused}`,
  ],
  openAppeals: ['MoveAdmissionRoundInput', `... on AdmissionRoundMoved { round { ${round} } } ${refused}`],
  finishAdmissionRound: [
    'MoveAdmissionRoundInput',
    `... on AdmissionRoundMoved { round { ${round} } } ${refused}`,
  ],
  changeRoundStatutes: [
    'ChangeRoundStatutesInput',
    `... on AdmissionRoundMoved { round { ${round} } } ${refused}`,
  ],
  grantGrace: ['GrantGraceInput', `... on AdmissionRoundMoved { round { ${round} } } ${refused}`],
  reopenAdmissionRound: [
    'ReopenAdmissionRoundInput',
    `... on RoundReopeningProposed { reopening { id reason proposedById proposedAt } } ${refused}`,
  ],
  approveAdmissionRoundReopening: [
    'ApproveAdmissionRoundReopeningInput',
    `... on AdmissionRoundMoved { round { ${round} } } ${refused}`,
  ],
  decideSeats: [
    'DecideSeatsInput',
    `... on SeatsDecided { decision { ${seats} } isOverCapacity } ... on SeatsRefused { code message state }`,
  ],
} as const;

const send = (who: Actor, name: keyof typeof changes, input: object) => {
  const [type, answer] = changes[name];
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${answer} } }`;
  return service.ask(who, query, { input: { idempotencyKey: newId(), ...input } });
};
type Shown = Record<string, unknown> & {
  readonly round: { readonly id: string; readonly moves: readonly object[] };
};
async function change(who: Actor, name: keyof typeof changes, input: object): Promise<Shown> {
  const { data, codes } = await send(who, name, input);
  expect(codes).toEqual([]);
  return data![name] as Shown;
}
const read = async (who: Actor, id: string) =>
  (await service.ask(who, readOne, { id })).data?.['admissionRound'] as Record<string, unknown>;

const aPlan = (more: object = {}) => ({
  ...{ kind: 'CONTINUOUS', title: 'Løpende opptak', admissionYear: 2027, unitIds: [places.solhaug] },
  ...more,
});
const someSeats = (roundId: string, more: object = {}) => ({
  ...{ roundId, unitId: places.solhaug, group: 'SMALL', seats: 12, area: 63.96, adults: 4.5 },
  ...more,
});

describe('the graph of rounds', () => {
  test('takes a round from its plan to where it is open again, and shows each what is theirs', async () => {
    const rules = {
      ...{ groups: ['LARGE', 'SMALL'], lotteryUnit: 'FAMILY', tieBreak: 'MULTIPLE', siblingInRound: true },
      conversion: { from: 'LARGE', to: 'SMALL', given: 2, made: 1 },
    };
    const planned = await change(caseWorker, 'planAdmissionRound', { plan: aPlan({ wishLimit: 3, rules }) });
    const { id } = planned.round;
    expect(planned).toMatchObject({
      __typename: 'AdmissionRoundPlanned',
      round: {
        ...{
          state: 'DRAFT',
          version: 1,
          deadline: null,
          closesAt: null,
          yearBegins: '08-01',
          seedCommitment: null,
        },
        rules: { ...rules, fallback: false },
        warnings: [
          { code: 'W_FEW_WISHES', unit: null },
          { code: 'W_NOT_STRATEGYPROOF', unit: { id: places.solhaug } },
        ],
        moves: [{ number: 1, move: 'PLAN', madeById: caseWorker.personId, approvedById: null }],
      },
    });
    expect((await service.ask(mother, readOne, { id })).codes).toEqual(['NOT_FOUND admissionRound']);
    expect(await change(caseWorker, 'openAdmissionRound', { roundId: id })).toMatchObject({
      ...{
        code: 'E_NO_SEATS',
        units: [{ id: places.solhaug }],
        message: expect.stringContaining('plasser') as string,
      },
    });
    const held = { name: 'samisk', flag: 'sami', seats: 2, isSoft: true };
    const decided = await change(caseWorker, 'decideSeats', someSeats(id, { reserved: [held] }));
    expect(decided).toMatchObject({
      ...{ __typename: 'SeatsDecided', isOverCapacity: false },
      decision: { group: 'SMALL', reserved: [held], area: 63.96, adults: 4.5, round: { id }, occupied: 0 },
    });
    const plan = aPlan({ title: 'Opptak hele året', rules });
    const again = await change(caseWorker, 'changeAdmissionRound', { roundId: id, version: 1, plan });
    expect(again).toMatchObject({ round: { title: 'Opptak hele året', wishLimit: 5, version: 2 } });
    const stale = await send(secondCaseWorker, 'changeAdmissionRound', { roundId: id, version: 1, plan });
    expect(stale.codes).toEqual(['CONFLICT changeAdmissionRound']);

    const opened = await change(caseWorker, 'openAdmissionRound', { roundId: id });
    const seedCommitment = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(opened).toMatchObject({
      __typename: 'AdmissionRoundMoved',
      round: { state: 'OPEN', seedCommitment, seed: null },
    });
    const unit = { unit: { id: places.solhaug }, statutes: { version: 1 } };
    const nothing = { version: null, warnings: null, reopening: null, moves: null, seed: null };
    expect(await read(mother, id)).toMatchObject({
      ...{ ...nothing, state: 'OPEN', title: 'Opptak hele året', seedCommitment },
      units: [{ ...unit, seats: null, isOverCapacity: null }],
    });
    expect(await read(leaderOfSolhaug, id)).toMatchObject({
      ...nothing,
      units: [{ ...unit, seats: [{ seats: 12, reserved: [held] }], isOverCapacity: false }],
    });
    const ofUnit = `query ($id: ID!) { _entities(representations: [{ __typename: "Unit", id: $id }]) { ... on Unit { admissionSeats { ${seats} } } } }`;
    expect((await service.ask(leaderOfSolhaug, ofUnit, { id: places.solhaug })).data).toMatchObject({
      _entities: [{ admissionSeats: [{ seats: 12, round: { id } }] }],
    });
    expect((await service.ask(mother, ofUnit, { id: places.solhaug })).codes).toEqual([
      'NOT_FOUND _entities 0 admissionSeats',
    ]);

    expect(
      await change(caseWorker, 'grantGrace', { roundId: id, until: '2027-03-01T12:00:00Z', reason: 'Nede' }),
    ).toMatchObject({ __typename: 'AdmissionRoundRefused', code: 'E_BAD_GRACE' });
    const [{ statutes }] = (await read(mother, id))['units'] as [{ statutes: { id: string } }];
    const other = { roundId: id, unitId: places.solhaug, statuteId: statutes.id, reason: 'Skrivefeil' };
    const changed = await change(caseWorker, 'changeRoundStatutes', other);
    expect(changed).toMatchObject({ round: { state: 'OPEN', version: 4 } });
    expect(changed.round.moves.at(-1)).toMatchObject({
      ...{ move: 'CHANGE_STATUTES', unit: { id: places.solhaug }, statutes: { version: 1 } },
    });
    expect(await change(caseWorker, 'closeAdmissionRound', { roundId: id })).toMatchObject({
      round: { state: 'CLOSED' },
    });
    expect(await change(secondCaseWorker, 'closeAdmissionRound', { roundId: id })).toMatchObject({
      ...{ code: 'E_STATE', state: 'CLOSED' },
    });
    const { reopening } = await change(caseWorker, 'reopenAdmissionRound', { roundId: id, reason: 'Feil' });
    const { id: reopeningId } = reopening as { id: string };
    expect(await read(secondCaseWorker, id)).toMatchObject({
      reopening: { id: reopeningId, reason: 'Feil' },
    });
    expect(await change(caseWorker, 'approveAdmissionRoundReopening', { reopeningId })).toMatchObject({
      code: 'E_NO_APPROVER',
    });
    expect(await change(secondCaseWorker, 'approveAdmissionRoundReopening', { reopeningId })).toMatchObject({
      round: { state: 'OPEN', seedCommitment, reopening: null, version: 6 },
    });
    for (const name of ['openAppeals', 'finishAdmissionRound'] as const)
      expect(await change(caseWorker, name, { roundId: id })).toMatchObject({
        code: 'E_STATE',
        state: 'OPEN',
      });
  });

  test('runs a round of after-school care, with one group and no norm for space (placement § 11)', async () => {
    const plan = aPlan({ kind: 'SFO', title: 'SFO', unitIds: [places.afterSchool], deadline: '2028-02-29' });
    const planned = await change(caseWorker, 'planAdmissionRound', { plan });
    expect(planned).toMatchObject({
      round: { rules: { groups: ['SFO'] }, closesAt: '2028-02-29T22:59:59.000Z' },
    });
    const { id: roundId } = planned.round;
    const ofAfterSchool = { roundId, unitId: places.afterSchool, seats: 400 };
    expect(await change(caseWorker, 'decideSeats', { ...ofAfterSchool, group: 'LARGE' })).toMatchObject({
      ...{ __typename: 'SeatsRefused', code: 'E_BAD_GROUP' },
    });
    expect(await change(caseWorker, 'decideSeats', { ...ofAfterSchool, group: 'SFO' })).toMatchObject({
      ...{ isOverCapacity: false, decision: { group: 'SFO', area: null, adults: null } },
    });
    expect(await change(caseWorker, 'openAdmissionRound', { roundId })).toMatchObject({
      round: { state: 'OPEN' },
    });
    expect(await change(caseWorker, 'closeAdmissionRound', { roundId })).toMatchObject({
      ...{ code: 'E_BEFORE_DEADLINE', deadline: '2028-02-29T22:59:59.000Z' },
    });
  });

  test('pages through rounds, and shows systems none', async () => {
    const ids: string[] = [];
    for (const title of ['A', 'B', 'C'])
      ids.unshift(
        (await change(caseWorker, 'planAdmissionRound', { plan: aPlan({ title, admissionYear: 2041 }) }))
          .round.id,
      );
    const page = async (after: string | null) =>
      (await service.ask(caseWorker, readAll, { year: 2041, first: 2, after })).data!['admissionRounds'] as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect((await service.ask(mother, readAll, { year: 2041 })).data).toMatchObject({
      admissionRounds: { nodes: [] },
    });
    expect((await service.ask(machine, readAll, {})).data).toEqual({ admissionRounds: null });
    for (const after of ['x', Buffer.from('2041/x').toString('base64url')])
      expect((await service.ask(mother, readAll, { after })).codes).toEqual([
        'BAD_USER_INPUT admissionRounds',
      ]);
  });

  test('answers of a draft in the same bytes as of what does not exist (S-06)', async () => {
    const { id } = (await change(caseWorker, 'planAdmissionRound', { plan: aPlan() })).round;
    for (const who of [mother, leaderOfSolhaug, machine]) {
      const bytes = async (roundId: string) => [
        (await service.ask(who, readOne, { id: roundId })).body,
        (await send(who, 'openAdmissionRound', { roundId })).body,
        (await send(who, 'changeAdmissionRound', { roundId, version: 1, plan: aPlan() })).body,
        (await send(who, 'decideSeats', someSeats(roundId))).body,
      ];
      const ofDraft = await bytes(id);
      expect(await bytes(newId())).toEqual(ofDraft);
      expect(await bytes('none')).toEqual(ofDraft);
    }
  });

  test('refuses what cannot be meant, whoever asks', async () => {
    const code = async (name: keyof typeof changes, input: object) =>
      (await send(caseWorker, name, input)).codes[0];
    const bad = 'BAD_USER_INPUT planAdmissionRound';
    for (const wrong of [
      ...[
        { title: ' ' },
        { title: 'x'.repeat(201) },
        { wishLimit: 0 },
        { wishLimit: 11 },
        { yearBegins: '09-01' },
      ],
      ...[{ yearBegins: '8-1' }, { admissionYear: 1999 }, { unitIds: Array.from({ length: 1001 }, newId) }],
      { rules: { conversion: { from: 'LARGE', to: 'SMALL', given: 0, made: 1 } } },
    ])
      expect(
        await code('planAdmissionRound', { plan: aPlan(wrong) }),
        JSON.stringify(wrong).slice(0, 60),
      ).toBe(bad);
    for (const idempotencyKey of ['', 'x'.repeat(65)])
      expect(await code('planAdmissionRound', { plan: aPlan(), idempotencyKey })).toBe(bad);
    expect(await code('planAdmissionRound', { plan: aPlan({ unitIds: ['none'] }) })).toBe(
      'NOT_FOUND planAdmissionRound',
    );
    expect(await code('planAdmissionRound', { plan: aPlan({ deadline: '2027-02-29' }) })).toMatch(
      /^BAD_USER_INPUT/,
    );
    const { id } = (await change(caseWorker, 'planAdmissionRound', { plan: aPlan() })).round;
    for (const wrong of [
      ...[{ seats: 1_000_000 }, { reason: 'x'.repeat(2001) }],
      { reserved: Array.from({ length: 21 }, (_, at) => ({ name: `n${at}`, flag: 'f', seats: 0 })) },
      { reserved: [{ name: 'x'.repeat(41), flag: 'f', seats: 0 }] },
    ])
      expect(await code('decideSeats', someSeats(id, wrong))).toBe('BAD_USER_INPUT decideSeats');
    const reasons = { roundId: id, reason: 'x'.repeat(2001) };
    expect(await code('reopenAdmissionRound', reasons)).toBe('BAD_USER_INPUT reopenAdmissionRound');
  });
});
