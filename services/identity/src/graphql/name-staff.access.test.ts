import { newId } from '@ranselpost/kit/ids';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';
import type { Name } from '../testing/world.ts';
import { openReviews } from '../usecases/open-reviews.ts';

let c: Cases;
beforeAll(async () => (c = await openCases()));
afterAll(() => c.close());

const naming = (childId: string, who: Name, more: object = {}) =>
  keyed({
    ...{ childId, login: `${who}@tingvika.example`, from: '2026-11-21', to: '2027-06-20' },
    ...{ reason: 'Har timer med barnet', ...more },
  });
const query = `query ($id: ID!) { child(id: $id) { id name { given } } }`;
const sees = async (who: Name, childId: string): Promise<boolean> =>
  (await c.ask(who, query, { id: childId })).data.child !== null;
const seeing = async (childId: string, names: readonly Name[]) => {
  const seen: Name[] = [];
  for (const name of names) if (await sees(name, childId)) seen.push(name);
  return seen;
};
const caseQuery = `query ($id: ID!) { guardianshipCase(childId: $id) {
  namedStaff { id from to staff { id } } workItems { kind } proposals { kind naming { login from to } } } }`;
const caseOf = async (childId: string) =>
  (await c.ask('officer', caseQuery, { id: childId })).data.guardianshipCase;
/** Who of the staff the copies have been told of last; undefined where they were told of no protection. */
const toldOf = (told: Awaited<ReturnType<Cases['told']>>, childId: string) =>
  told
    .filter(({ type, subject }) => type === 'identity.enrolments.changed.v1' && subject === childId)
    .map(({ data }) => data['namedStaff']);
const ofSchool = ['leader', 'office', 'teacher', 'assistant', 'father'] as const;

describe('naming staff for a protected child is refused (ADR-10)', () => {
  test.each(bystanders)('to %s, as for a child that does not exist (S-06)', async (_who, actorOf) => {
    const before = await c.counts();
    const answer = await c.decide(actorOf(c), 'nameStaff', naming(c.id.ours, 'teacher'));
    expect(answer).toMatchObject(notFound);
    expect(answer).toEqual(await c.decide(actorOf(c), 'nameStaff', naming(newId(), 'teacher')));
    expect(await c.counts()).toEqual(before);
  });

  test('to a case worker, and to staff who are named themselves', async () => {
    for (const name of ['caseWorker', 'teacherOfB', 'otherLeader', 'afterSchool'] as const)
      expect(await c.decide(name, 'nameStaff', naming(c.id.theirs, 'office'))).toMatchObject(notFound);
  });

  test.each([
    ['CHILD_NOT_PROTECTED', 'leader', 'ours', 'assistant', {}],
    ['LOGIN_UNKNOWN', 'officer', 'theirs', 'office', { login: 'nobody@tingvika.example' }],
    ['DECISION_FOR_ONESELF', 'leader', 'theirs', 'leader', {}],
    ['STAFF_IS_PARTY', 'officer', 'theirs', 'father', {}],
    ['STAFF_NOT_IN_CHARGE', 'officer', 'theirs', 'assistant', {}],
    ['STAFF_NOT_IN_CHARGE', 'officer', 'theirs', 'former', {}],
    ['STAFF_NAMED', 'officer', 'theirs', 'teacherOfB', {}],
    ['NAMING_DAYS_INVALID', 'officer', 'theirs', 'office', { to: '2026-11-21' }],
    ['DECISION_REASON_MISSING', 'officer', 'theirs', 'office', { reason: ' ' }],
  ] as const)('as %s where the rules say so', async (code, who, child, login, more) => {
    const before = await c.counts();
    expect(refusalOf(await c.decide(who, 'nameStaff', naming(c.id[child], login, more)))).toBe(code);
    expect(await c.counts()).toEqual(before);
  });
});

describe('a protected child', () => {
  test('is open to those of the staff who are named, and to no leader who is not; the log says by which rule', async () => {
    expect(await seeing(c.id.theirs, ['teacherOfB', 'leader', 'office'])).toEqual(['teacherOfB']);
    expect(await seeing(c.id.hidden, ofSchool)).toEqual(['teacher']);
    for (const name of ['hiddenMother', 'hiddenFather'] as const)
      expect((await c.ask(guardian(c.id[name]), query, { id: c.id.hidden })).data.child).not.toBeNull();
    const [read] = await c.database.admin`
      select reads from staff_read where reader_id = ${c.id.teacherOfB} order by read_at desc limit 1`;
    expect(read!['reads']).toEqual([expect.objectContaining({ childId: c.id.theirs, rule: 'ADR-10' })]);
  });

  test('is opened to somebody whom a leader proposes by an officer, and closed again by one of them', async () => {
    const input = naming(c.id.theirs, 'office');
    const proposed = proposalOf(await c.decide('leader', 'nameStaff', input));
    expect(proposed).toMatchObject({ state: 'WAITING', needsSecondPerson: true, kind: 'NAME_STAFF' });
    expect(await sees('office', c.id.theirs)).toBe(false);
    const approve = { proposalId: proposed.id };
    for (const name of ['office', 'caseWorker', 'teacherOfB'] as const)
      expect(await c.decide(name, 'approveProposal', approve)).toMatchObject(notFound);
    expect(refusalOf(await c.decide('leader', 'approveProposal', approve))).toBe('DECISION_NOT_YOURS');
    await c.told();
    expect(proposalOf(await c.decide('officer', 'approveProposal', approve)).state).toBe('APPLIED');
    expect(await sees('office', c.id.theirs)).toBe(true);
    expect(await sees('leader', c.id.theirs)).toBe(false);
    expect(toldOf(await c.told(), c.id.theirs)).toEqual([
      expect.arrayContaining([{ personId: c.id.office, from: '2026-11-21', to: '2027-06-20' }]),
    ]);
    const { namedStaff, proposals } = await caseOf(c.id.theirs);
    expect(proposals).toContainEqual({
      ...{ kind: 'NAME_STAFF', naming: { login: input.login, from: input.from, to: input.to } },
    });
    const named = namedStaff.find((one: any) => one.staff.id === c.id.office);
    const end = keyed({ namingId: named.id as string });
    for (let times = 0; times < 2; times += 1)
      expect(proposalOf(await c.decide('leader', 'endNaming', end)).state).toBe('APPLIED');
    expect(refusalOf(await c.decide('officer', 'endNaming', keyed({ namingId: named.id as string })))).toBe(
      'NAMING_ENDED',
    );
    expect(await sees('office', c.id.theirs)).toBe(false);
    expect(JSON.stringify(toldOf(await c.told(), c.id.theirs))).not.toContain(c.id.office);
  });

  test('is closed to all of the staff when it becomes one, told before anything else of it, and an officer is asked (ADR-04, ADR-12)', async () => {
    const all = [...ofSchool, 'afterSchool'] as const;
    expect(await seeing(c.id.ours, all)).toEqual([...all]);
    await c.told();
    await c.register({ number: c.number.mother, protection: 'FORTROLIG' });
    expect(await seeing(c.id.ours, all)).toEqual([]);
    const told = await c.told();
    expect(told.find(({ subject }) => subject === c.id.ours)?.type).toBe('identity.enrolments.changed.v1');
    expect(toldOf(told, c.id.ours)).toEqual([[]]);
    expect(await c.openItems(c.id.ours)).toEqual(['NO_STAFF_NAMED', 'PROTECTION']);
    // Its leader has the case, and nothing else of the child.
    expect((await c.ask('leader', caseQuery, { id: c.id.ours })).data.guardianshipCase).toMatchObject({
      ...{ namedStaff: [], workItems: expect.arrayContaining([{ kind: 'NO_STAFF_NAMED' }]) },
    });

    expect(proposalOf(await c.decide('officer', 'nameStaff', naming(c.id.ours, 'teacher'))).state).toBe(
      'APPLIED',
    );
    expect(await seeing(c.id.ours, all)).toEqual(['teacher']);
    expect(await c.openItems(c.id.ours)).toEqual(['PROTECTION']);
  });

  test('is looked at anew when it is protected more strictly, by two; and when it has been released and is protected again (ADR-04, ADR-13)', async () => {
    const protect = (protection: 'NONE' | 'FORTROLIG' | 'STRENGT_FORTROLIG') =>
      c.register({ number: c.number.mother, protection });
    await protect('STRENGT_FORTROLIG');
    expect(await seeing(c.id.ours, ofSchool)).toEqual([]);
    expect(await c.openItems(c.id.ours)).toContain('NO_STAFF_NAMED');
    const proposed = proposalOf(await c.decide('officer', 'nameStaff', naming(c.id.ours, 'teacher')));
    expect(proposed.state).toBe('WAITING');
    expect(refusalOf(await c.decide('officer', 'approveProposal', { proposalId: proposed.id }))).toBe(
      'PROPOSAL_OWN',
    );
    expect(await seeing(c.id.ours, ofSchool)).toEqual([]);
    await c.decide('secondOfficer', 'approveProposal', { proposalId: proposed.id });
    expect(await seeing(c.id.ours, ofSchool)).toEqual(['teacher']);

    await protect('NONE');
    expect(await seeing(c.id.ours, ofSchool)).toEqual(['teacher']);
    const release = keyed({ childId: c.id.ours, reason: 'Politiet har opphevet' });
    const { id: proposalId } = proposalOf(await c.decide('officer', 'releaseProtection', release));
    await c.told();
    expect(proposalOf(await c.decide('secondOfficer', 'approveProposal', { proposalId })).state).toBe(
      'APPLIED',
    );
    expect(await seeing(c.id.ours, ofSchool)).toEqual([...ofSchool]);
    expect(toldOf(await c.told(), c.id.ours)).toEqual([undefined]);
    await protect('FORTROLIG');
    expect(await seeing(c.id.ours, ofSchool)).toEqual([]);
  });

  test('is asked about two weeks before the last who is named is so no more, and then again; without a place it is not', async () => {
    const itemsOn = async (instant: string) => {
      c.setNow(instant);
      await openReviews(c.deps);
      return (await c.openItems(c.id.theirs)).filter((kind) => kind !== 'PROTECTION');
    };
    expect(await itemsOn('2027-07-01T08:00:00Z')).toEqual([]);
    expect(await itemsOn('2027-07-20T08:00:00Z')).toEqual(['DECISION_RUNS_OUT']);
    expect(await itemsOn('2027-08-01T08:00:00Z')).toEqual(['NO_STAFF_NAMED']);
    await c.database.admin`update enrolment set to_day = '2027-08-01' where child_id = ${c.id.theirs}`;
    expect(await itemsOn('2027-08-01T08:00:00Z')).toEqual([]);
  });
});
