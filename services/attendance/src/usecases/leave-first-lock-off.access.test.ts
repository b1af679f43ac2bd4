import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { type KeyedWish, applyForLeave } from './apply-for-leave.ts';
import { complainAboutLeave } from './complain-about-leave.ts';
import { decideLeave } from './decide-leave.ts';
import { forwardLeaveComplaint } from './forward-leave-complaint.ts';
import { objectToLeave } from './object-to-leave.ts';
import { openLeaveDecision } from './open-leave-decision.ts';
import { readLeaves } from './read-leaves.ts';
import { reverseLeaveDecision } from './reverse-leave-decision.ts';
import { withdrawLeave } from './withdraw-leave.ts';

vi.mock('../domain/leave-policy.ts', () => ({
  mayAnswerForChild: () => {},
  withdraws: () => true,
  decidesAs: () => 'LEADER',
  decidesAt: () => true,
  mayDecideLeave: ({ personId }: { personId?: string }) => ({ as: 'LEADER', personId }),
  maySeeLeave: () => true,
  mayReadCase: () => true,
  maySeeComplaint: () => true,
}));
// Nothing is answered to staff without a ground to log, which would stand before the lock that is tested here.
vi.mock('@ranselpost/kit/answer', async (original) => ({
  ...(await original<object>()),
  readsOf: () => [],
}));
vi.mock('../domain/leave-complaint.ts', async (original) => ({
  ...(await original<object>()),
  decideComplaint: () => ({ ok: true, value: { isLate: false } }),
  decideForwarding: () => ({ ok: true, value: 'forwarded' }),
}));
vi.mock('../domain/leave-reversal.ts', () => ({
  decideReversal: (_leave: unknown, verdict: unknown) => ({
    ok: true,
    value: { verdict, startsOn: null, endsBefore: null },
  }),
}));
// Without a policy an enrolment would still have to be seen for anything to come as far as the tables.
vi.mock('../domain/leave.ts', async (original) => ({
  ...(await original<object>()),
  decideApplication: () => ({ ok: true, value: { decider: 'CONTACT_TEACHER' } }),
  decideLeave: (_leave: unknown, verdict: unknown) => ({ ok: true, value: verdict }),
  decideObjection: () => ({ ok: true, value: 'objected' }),
  decideWithdrawal: ({ firstDay }: KeyedWish) => ({ ok: true, value: firstDay }),
}));

let world: World;
let weeks = 0;
const { mother, father, teacher, leader } = people;
const ownAtWork = staff(mother.personId);
const aWish = (more: Partial<KeyedWish> = {}): KeyedWish => {
  const firstDay = addDays(tomorrow, 7 * (weeks += 1));
  return {
    ...{ childId: children.ours, unitId: places.school, firstDay, lastDay: addDays(firstDay, 6) },
    ...{ kind: 'GENERAL', reason: 'Familiesak', hearing: 'SAID', childView: 'Ja' },
    ...{ isTeachingSeenTo: true, isAwayAfterSchool: false, idempotencyKey: newId(), ...more },
  };
};
const applied = async (more: Partial<KeyedWish> = {}) => {
  const result = await applyForLeave(world.deps, mother, aWish(more));
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value.id;
};
const verdict = (leaveId: string) => ({
  ...{ leaveId, outcome: 'REFUSED' as const, reasons: 'Nei', exceptions: [], days: null, hearing: null },
  idempotencyKey: newId(),
});
let id: string;
/** Leave that was refused, and complained about. */
let complainedId: string;
let complaintId: string;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.identity.roles(mother.personId, [{ role: 'LEADER', unitId: places.school }]);
  await world.settled();
  id = await applied();
  complainedId = await applied();
  await decideLeave(world.deps, leader, verdict(complainedId));
  await complainAboutLeave(world.deps, mother, { leaveId: complainedId, text: 'Vi klager' });
  const [stored] = await world.database.admin<{ id: string }[]>`select id from leave_complaint`;
  complaintId = stored!.id;
});
afterAll(() => world.close());

const outsiders: readonly [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['an assistant of the group', people.assistant],
  ['the office', people.office],
  ['after-school staff', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['the leader, of their own child (GUA-24)', ownAtWork],
  ['a machine', machine],
];

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(outsiders)('shows no leave to %s, and lets them change none', async (_who, actor) => {
    const { deps, database } = world;
    expect(await readLeaves(deps, actor, [id])).toEqual(new Map());
    for (const attempt of [
      () => applyForLeave(deps, actor, aWish()),
      () => decideLeave(deps, actor, verdict(id)),
      () => objectToLeave(deps, actor, { leaveId: id, text: 'x' }),
      () => withdrawLeave(deps, actor, { leaveId: id, from: null }),
      () => openLeaveDecision(deps, actor, id),
      () => complainAboutLeave(deps, actor, { leaveId: complainedId, text: 'x' }),
      () => forwardLeaveComplaint(deps, actor, { complaintId, note: 'x' }),
      () => reverseLeaveDecision(deps, actor, { ...verdict(complainedId), outcome: 'GRANTED' }),
    ])
      await expect(attempt()).rejects.toThrow();
    for (const table of [
      ...['leave', 'leave_text', 'leave_decision', 'leave_letter', 'leave_day', 'leave_complaint'],
      'leave_forwarding',
    ])
      expect(
        await lookAs(deps.db, actor, (tx) =>
          tx.execute(sql`select from ${sql.raw(table)} where child_id = ${children.ours}`),
        ),
      ).toHaveLength(0);
    expect(await database.admin`select state from leave where id = ${id}`).toEqual([{ state: 'APPLIED' }]);
    expect(await database.admin`select from leave_complaint`).toHaveLength(1);
    expect(await database.admin`select from leave_forwarding`).toHaveLength(0);
    expect(await database.admin`select from leave_decision`).toHaveLength(1);
  });

  test('leaves complaints to guardians, and what becomes of them to the leader (ADM-04, ADM-10)', async () => {
    const { deps } = world;
    for (const actor of [father, teacher, leader]) {
      const text =
        (await readLeaves(deps, actor, [complainedId])).get(complainedId)?.complaints[0]?.text ?? null;
      expect(text).toBe(actor === leader ? 'Vi klager' : null);
    }
    for (const attempt of [
      () => complainAboutLeave(deps, leader, { leaveId: complainedId, text: null }),
      () => forwardLeaveComplaint(deps, mother, { complaintId, note: 'x' }),
      () => reverseLeaveDecision(deps, teacher, { ...verdict(complainedId), outcome: 'GRANTED' }),
      () => reverseLeaveDecision(deps, father, { ...verdict(complainedId), outcome: 'GRANTED' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ cause: { code: '42501' } });
    // Of what nobody complained about neither: to replace what they decided themselves is not the contact teacher's.
    const taught = await applied();
    await decideLeave(deps, teacher, verdict(taught));
    const reversed = reverseLeaveDecision(deps, teacher, { ...verdict(taught), outcome: 'GRANTED' });
    await expect(reversed).rejects.toMatchObject({ cause: { code: '42501' } });
    const byTeacher = forwardLeaveComplaint(deps, teacher, { complaintId, note: 'x' });
    await expect(byTeacher).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('shows what was written to whoever decides and who wrote it alone (LEA-09)', async () => {
    const { deps } = world;
    const reason = async (actor: Actor, of: string) =>
      (await readLeaves(deps, actor, [of])).get(of)?.file?.reason;
    expect(await reason(father, id)).toBeNull();
    for (const actor of [mother, teacher, leader]) expect(await reason(actor, id)).toBe('Familiesak');
    const another = await applied();
    await objectToLeave(deps, father, { leaveId: another, text: 'Nei' });
    // It is the leader's from then on, and who applied is told of no objection.
    expect(await reason(teacher, another)).toBeNull();
    const seenBy = async (actor: Actor) => (await readLeaves(deps, actor, [another])).get(another)?.file;
    expect(await seenBy(mother)).toMatchObject({ isObjectedTo: false, objections: [] });
    expect(await seenBy(leader)).toMatchObject({ isObjectedTo: true, objections: ['Nei'] });
    await expect(decideLeave(deps, teacher, verdict(another))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });

  test('lets guardians decide nothing, and staff neither object nor withdraw', async () => {
    const { deps } = world;
    for (const attempt of [
      () => decideLeave(deps, mother, verdict(id)),
      () => objectToLeave(deps, teacher, { leaveId: id, text: null }),
      () => withdrawLeave(deps, leader, { leaveId: id, from: null }),
      // What the mother applied for (LEA-07).
      () => withdrawLeave(deps, father, { leaveId: id, from: null }),
    ])
      await expect(attempt()).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('lets the leader alone refuse a holy day (LEA-04)', async () => {
    const holy = await applied({ kind: 'HOLY_DAY', reason: null, childView: null });
    const no = { ...verdict(holy), reasons: null };
    await expect(decideLeave(world.deps, teacher, no)).rejects.toMatchObject({ cause: { code: '42501' } });
    expect(await decideLeave(world.deps, leader, no)).toMatchObject({ value: { state: 'REFUSED' } });
  });

  test('takes no application in another’s name, nor where absence is stopped (X07)', async () => {
    const { deps, identity, settled } = world;
    const insert = sql`
      insert into leave (id, child_id, unit_id, first_day, last_day, kind, hearing, is_away_after_school, decider, school_day_count,
        applied_by, idempotency_key)
      values (${newId()}, ${children.ours}, ${places.school}, '2020-01-01', '2020-01-01', 'GENERAL', 'SAID', false,
        'LEADER', 1, ${father.personId}, 'k')`;
    await expect(lookAs(deps.db, mother, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    await identity.features(places.school, [{ feature: 'ABSENCE', state: 'SUSPENDED', isReadable: false }]);
    await settled();
    await expect(applyForLeave(deps, mother, aWish())).rejects.toMatchObject({ cause: { code: '42501' } });
    const quota = sql`select from leave_quota(${children.ours}, '2000-01-01', '2100-01-01')`;
    expect(await lookAs(deps.db, mother, (tx) => tx.execute(quota))).toHaveLength(0);
    await identity.features(places.school, [{ feature: 'ABSENCE', state: 'SUSPENDED', isReadable: true }]);
    await settled();
    expect(await lookAs(deps.db, mother, (tx) => tx.execute(quota))).toHaveLength(1);
    for (const attempt of [
      () => decideLeave(deps, leader, verdict(id)),
      () => objectToLeave(deps, father, { leaveId: id, text: null }),
      () => withdrawLeave(deps, mother, { leaveId: id, from: null }),
    ])
      await expect(attempt()).rejects.toMatchObject({ cause: { code: '42501' } });
    await identity.features(places.school, [{ feature: 'ABSENCE', state: 'SUSPENDED', isReadable: false }]);
    await settled();
    expect(await readLeaves(deps, mother, [id])).toEqual(new Map());
  });

  test('shows staff nothing of a protected child but to who is named for it (ADR-10)', async () => {
    const { deps, identity, settled } = world;
    await identity.features(places.school, [{ feature: 'ABSENCE', state: 'OPEN' }]);
    const [hidden, hers] = [newId(), guardian()];
    const named = { personId: teacher.personId, from: '2020-01-01', to: '2090-01-01' };
    await identity.guardians(hidden, [hers.personId, father.personId]);
    await identity.enrolments(hidden, [{ unitId: places.school, groupIds: [places.groupA] }], [named]);
    await settled();
    const result = await applyForLeave(deps, hers, aWish({ childId: hidden }));
    if (!result.ok) throw new Error(result.refusal.kind);
    expect((await readLeaves(deps, leader, [result.value.id])).size).toBe(0);
    expect((await readLeaves(deps, teacher, [result.value.id])).size).toBe(1);
    // And no guardian of another's complaint (ADM-05, ADR-11).
    await decideLeave(deps, teacher, verdict(result.value.id));
    await complainAboutLeave(deps, hers, { leaveId: result.value.id, text: 'x' });
    const seenBy = async (actor: Actor) =>
      (await readLeaves(deps, actor, [result.value.id])).get(result.value.id)?.complaints.length;
    expect(await seenBy(hers)).toBe(1);
    expect(await seenBy(father)).toBe(0);
  });
});
