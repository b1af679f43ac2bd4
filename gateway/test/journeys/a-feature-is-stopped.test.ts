import {
  type ReportAnswer,
  inputOf,
  ofOne,
  reportMutation,
  schoolDayAhead,
} from '@ranselpost/infra/visitor/absences';
import { boardOf, mark } from '@ranselpost/infra/visitor/register';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { absencesOf, today } from './absences.ts';
import { openTown } from './town.ts';

const town = openTown();

let mother: Visitor;
let first: Visitor;
let second: Visitor;
let older: { id: string; school: string };
let younger: { id: string; nursery: string };
beforeAll(async () => {
  mother = await town.visit('guardian', 'F1.mother');
  first = await town.visit('staff', 'staff.administrator');
  second = await town.visit('staff', 'staff.secondAdministrator');
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const at = (kind: string) =>
    data!.viewer.children
      .flatMap(({ id, enrolments }) => enrolments.map(({ unit }) => ({ id, unit })))
      .find(({ unit }) => unit.kind === kind)!;
  older = { id: at('SCHOOL').id, school: at('SCHOOL').unit.id };
  younger = { id: at('KINDERGARTEN').id, nursery: at('KINDERGARTEN').unit.id };
});
// Other stories report too: whatever came of this one, reporting is open after it.
afterAll(async () => {
  if (
    (await atNursery()).__typename === 'FeatureClosed' ||
    (await atSchool()).__typename === 'FeatureClosed'
  ) {
    const proposed = await open(first, { everywhere: true });
    if (proposed?.proposalId !== undefined) await approve(second, proposed.proposalId);
  }
  await town.close();
});

interface Closed {
  readonly __typename: string;
  readonly state?: string;
  readonly opensOn?: string | null;
  readonly instead?: {
    readonly notice: { readonly key: string; readonly nb: string };
    readonly contact: { readonly phone: string };
  };
}

// Far ahead, so that no other story wants the day.
let days = 200;
const report = async (childId: string, unitId: string): Promise<Closed> => {
  const day = schoolDayAhead((days += 1));
  const input = inputOf({ childId, unitId, day, cause: 'OTHER', idempotencyKey: newId() });
  const { data, codes } = await mother.ask<ReportAnswer>(reportMutation, { input });
  const came = data == null ? null : ofOne(data);
  if (came === null) throw new Error(codes.join());
  return came;
};
const atSchool = () => report(older.id, older.school);
const atNursery = () => report(younger.id, younger.nursery);

const stated = `mutation ($input: SetFeatureInput!) { setFeature(input: $input) {
  __typename ... on FeatureReopeningProposed { proposalId } ... on Refusal { code } } }`;
const open = async (who: Visitor, place: object) => {
  const input = { feature: 'ABSENCE', place, state: 'OPEN', insistsOnDay: true, reason: 'A journey' };
  const { data } = await who.ask<{ setFeature: { __typename: string; proposalId?: string } }>(stated, {
    input: { ...input, idempotencyKey: newId() },
  });
  return data?.setFeature;
};
const approveMutation = `mutation ($input: ApproveProposalInput!) { approveProposal(input: $input) { __typename ... on Refusal { code } } }`;
const approve = async (who: Visitor, proposalId: string) =>
  (
    await who.ask<{ approveProposal: { __typename: string; code?: string } | null }>(approveMutation, {
      input: { proposalId },
    })
  ).data?.approveProposal;
/** Within seconds, of which most are for slow machines. */
const soon = <Value>(check: () => Promise<Value>) => eventually(check, 30_000);

describe('an emergency stop of absence (X07, D02)', () => {
  test('refuses a report within seconds, with the municipality’s words and how to reach the unit; reading goes on', async () => {
    expect((await atSchool()).__typename).toBe('AbsenceReported');
    const before = await absencesOf(mother, older.id);

    const notice = { nb: 'Ring skolen.', nn: 'Ring skulen.', en: 'Call the school.' };
    const input = { feature: 'ABSENCE', place: { everywhere: true }, reason: 'A journey', notice };
    const { data } = await first.ask<{ stopFeature: { act: { state: string } } }>(
      `mutation ($input: StopFeatureInput!) { stopFeature(input: $input) { ... on FeatureDirected { act { state } } } }`,
      { input: { ...input, idempotencyKey: newId() } },
    );
    expect(data?.stopFeature.act.state).toBe('SUSPENDED');

    const refused = await soon(async () => {
      const answer = await atSchool();
      expect(answer.__typename).toBe('FeatureClosed');
      return answer;
    });
    expect(refused).toMatchObject({
      ...{ code: 'FEATURE_CLOSED', state: 'SUSPENDED', opensOn: null },
      instead: {
        ...{ feature: 'ABSENCE', state: 'SUSPENDED', unit: { id: older.school } },
        notice: { key: 'OWN', ...notice },
        contact: { phone: expect.stringMatching(/^22 /) as string },
      },
    });
    await soon(async () => expect((await atNursery()).__typename).toBe('FeatureClosed'));
    expect(await absencesOf(mother, older.id)).toEqual(before);

    const leader = await town.visit('staff', 'staff.schoolLeader');
    const day = today();
    expect(await mark(leader, older.school, [{ childId: older.id, day, standing: 'ABSENT' }])).toEqual([
      'FeatureClosed',
    ]);
    expect(await boardOf(leader, older.school, day)).toMatchObject({ nodes: expect.any(Array) as unknown });
  });

  test('is not ended by one, whoever it is, nor by the head of the school', async () => {
    const leader = await town.visit('staff', 'staff.schoolLeader');
    expect(await open(leader, { unitIds: [older.school] })).toMatchObject({
      __typename: 'FeatureStoppedAbove',
    });
    const proposed = await open(first, { everywhere: true });
    expect(proposed?.__typename).toBe('FeatureReopeningProposed');
    expect((await approve(first, proposed!.proposalId!))?.code).toBeDefined();
    const reject = `mutation ($input: RejectProposalInput!) { rejectProposal(input: $input) { __typename } }`;
    await first.ask(reject, { input: { proposalId: proposed!.proposalId } });
    expect((await atSchool()).__typename).toBe('FeatureClosed');
  });

  test('is ended by two, in two waves: the school first, the others after it (D04)', async () => {
    const wave = await open(first, { unitIds: [older.school] });
    expect((await approve(second, wave!.proposalId!))?.code).toBeUndefined();
    await soon(async () => expect((await atSchool()).__typename).toBe('AbsenceReported'));
    expect((await atNursery()).__typename).toBe('FeatureClosed');

    const rest = await open(second, { everywhere: true });
    expect((await approve(first, rest!.proposalId!))?.code).toBeUndefined();
    await soon(async () => expect((await atNursery()).__typename).toBe('AbsenceReported'));
    expect((await atSchool()).__typename).toBe('AbsenceReported');
  });

  test('stands in the history with who stopped, who started and why', async () => {
    const { data } = await second.ask<{
      featureActs: {
        nodes: { kind: string; reason: string; madeById: string; approvedById: string | null }[];
      };
    }>(`{ featureActs(feature: ABSENCE, first: 3) { nodes { kind reason madeById approvedById } } }`);
    const [rest, wave, stop] = data!.featureActs.nodes;
    expect(stop).toMatchObject({ kind: 'STOP', reason: 'A journey', approvedById: null });
    expect(wave).toMatchObject({ kind: 'STATEMENT', madeById: stop!.madeById });
    expect(rest).toMatchObject({ madeById: wave!.approvedById, approvedById: stop!.madeById });
  });
});
