import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { boardOf, mark } from '@ranselpost/infra/visitor/register';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { absencesOf, report, today } from './absences.ts';
import { RestlessGuardian } from './load.ts';
import { expectHidden, expectSeen, soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
const { stack } = town;
const services = ['identity', 'registry', 'attendance', 'gateway'] as const;

let mother: Visitor;
let child: string;
let school: string;
let guardians: readonly RestlessGuardian[];

beforeAll(async () => {
  mother = await town.visit('guardian', 'F11.mother');
  child = await town.idOf('F11.child');
  school = (await whole(mother)).data!.child.enrolments[0]!.unit.id;
});
afterEach(async () => {
  await Promise.all((guardians ?? []).map((guardian) => guardian.stop()));
  for (const part of ['postgres', 'nats', ...services])
    if (stack.running()[part] === undefined) await stack.startPart(part);
  await town.live({ kind: 'joint-responsibility', child: 'F3.shared', holders: ['F3.mother', 'F3.father'] });
  await soon(isAnswered);
});
afterAll(async () => {
  const his = await town.visit('guardian', 'F3.father');
  const shared = await town.idOf('F3.shared');
  await soon(() => expectSeen(his, shared));
  await town.close();
});

const query = `query ($id: ID!) { viewer { children { id } } child(id: $id) { name { given } enrolments { unit { id } } absences { nodes { id } } } }`;
type Whole = {
  viewer: { children: { id: string }[] } | null;
  child: {
    name: { given: string } | null;
    enrolments: { unit: { id: string } }[];
    absences: { nodes: { id: string }[] } | null;
  };
};
const whole = (visitor: Visitor) => visitor.ask<Whole>(query, { id: child });

async function isAnswered(): Promise<void> {
  expect(await town.isReady()).toBe(true);
  expect((await whole(mother)).codes).toEqual([]);
}

const input = (day: number) => ({
  ...{ childId: child, unitId: school, day: schoolDayAhead(day), cause: 'OTHER', idempotencyKey: newId() },
});

/** The gateway's own deadline, and a little for the way to it and back (S-28). */
const deadlineMs = 8_000 + 1_000;
async function inTime<Value>(asked: Promise<Value>): Promise<Value> {
  const began = performance.now();
  const answer = await asked;
  expect(performance.now() - began).toBeLessThan(deadlineMs);
  return answer;
}

/** Several guardians read and report all the time, in pages that reach back to the first receipt. */
async function underLoad(): Promise<void> {
  guardians = await Promise.all(
    [
      ['F11.father', 'F11.child'],
      ['F12.mother', 'F12.child'],
      ['F14.father', 'F14.kindergartenTwin'],
      ['F8.mother', 'F8.child'],
    ].map(async ([who, name]) =>
      new RestlessGuardian(await town.visit('guardian', who!), await town.idOf(name!)).start(),
    ),
  );
  await soon(() => expect(guardians.every(({ receipts }) => receipts.length > 0)).toBe(true));
}

/** All is well for each of them: nothing was lost, nothing was said that is not so, and everybody is served again. */
async function allIsWell(): Promise<void> {
  const before = guardians.map(({ receipts, reads }) => receipts.length + reads);
  await soon(isAnswered);
  await soon(() =>
    expect(
      guardians.every(({ receipts, reads }, place) => receipts.length + reads > before[place]! + 3),
    ).toBe(true),
  );
  await Promise.all(guardians.map((guardian) => guardian.stop()));
  for (const guardian of guardians) {
    expect(guardian.lies).toEqual([]);
    expect(guardian.slowestMs).toBeLessThan(deadlineMs);
    expect(await guardian.lost()).toEqual([]);
  }
}

const pids = () => services.map((name) => stack.running()[name]?.pid);

describe('when Postgres is killed under load', () => {
  test('no service ends, every receipt is found again, nothing false is said, and all recovers by itself (S-20, S-26)', async () => {
    const before = pids();
    await underLoad();
    await stack.kill('postgres');
    const answer = await inTime(whole(mother));
    expect(answer.data?.viewer ?? null).toBeNull();
    await sleep(1_500);
    await stack.startPart('postgres');
    await allIsWell();
    expect(pids()).toEqual(before);
    expect(guardians.some(({ failures }) => failures.size > 0)).toBe(true);
  });
});

describe('when NATS is killed', () => {
  test('what cannot be vouched for is UNAVAILABLE, the rest is answered, and what the register said meanwhile is not lost (S-04, S-21, S-28)', async () => {
    const before = pids();
    const his = await town.visit('guardian', 'F3.father');
    const shared = await town.idOf('F3.shared');
    await soon(() => expectSeen(his, shared));
    const leader = await town.visit('staff', 'staff.schoolLeader');
    const known = (await absencesOf(mother, child))!.length;
    await stack.kill('nats');
    const told = await inTime(report(mother, input(30 + known)));
    expect(told.data?.reportAbsence?.__typename).toBe('AbsenceReported');
    await town.live({ kind: 'sole-responsibility', child: 'F3.shared', holder: 'F3.mother' });
    await soon(async () => expect((await inTime(whole(mother))).codes).toEqual(['UNAVAILABLE']));
    const { data } = await inTime(whole(mother));
    expect(data).toMatchObject({ viewer: { children: [{ id: child }] }, child: { absences: null } });
    expect((await inTime(report(mother, input(31 + known)))).codes).toEqual(['UNAVAILABLE']);
    // Nobody is missing and nobody is there: it could not be read, and nothing is marked either (S-26).
    expect(await inTime(boardOf(leader, school, today()))).toEqual(['UNAVAILABLE']);
    const marked = mark(leader, school, [{ childId: child, day: today(), standing: 'ABSENT' }]);
    expect(await inTime(marked)).toEqual(['UNAVAILABLE']);

    await stack.startPart('nats');
    await soon(() => expectHidden(his, shared));
    await soon(async () => expect(await absencesOf(mother, child)).toHaveLength(known + 1));
    expect(pids()).toEqual(before);
  });
});

describe('when one service is killed under load', () => {
  test('identity: attendance takes reports, the rest is null with UNAVAILABLE in time (S-28, S-26)', async () => {
    await underLoad();
    const known = (await absencesOf(mother, child))!.length;
    await stack.kill('identity');
    const told = await inTime(report(mother, input(30 + known)));
    expect(told.data?.reportAbsence?.__typename).toBe('AbsenceReported');
    const answer = await inTime(whole(mother));
    expect(answer).toMatchObject({ status: 200, data: { viewer: null, child: null } });
    expect(new Set(answer.codes)).toEqual(new Set(['UNAVAILABLE']));
    await stack.startPart('identity');
    await allIsWell();
  });

  test('attendance: children and places are answered, absences are null with UNAVAILABLE (S-28, S-26)', async () => {
    await underLoad();
    await stack.kill('attendance');
    const answer = await inTime(whole(mother));
    expect(answer).toMatchObject({
      data: {
        viewer: { children: [{ id: child }] },
        child: { enrolments: [{ unit: { id: school } }], absences: null },
      },
      codes: ['UNAVAILABLE'],
    });
    expect(await inTime(report(mother, input(30)))).toMatchObject({ data: null, codes: ['UNAVAILABLE'] });
    await stack.startPart('attendance');
    await allIsWell();
  });

  test('registry: nobody notices, and what the register said meanwhile arrives after it is back (S-28, S-21)', async () => {
    await underLoad();
    const his = await town.visit('guardian', 'F3.father');
    const shared = await town.idOf('F3.shared');
    await soon(() => expectSeen(his, shared));
    await stack.kill('registry');
    await town.live({ kind: 'sole-responsibility', child: 'F3.shared', holder: 'F3.mother' });
    expect((await inTime(whole(mother))).codes).toEqual([]);
    await expectSeen(his, shared);
    await stack.startPart('registry');
    await soon(() => expectHidden(his, shared));
    await allIsWell();
    expect(guardians.map(({ failures }) => [...failures])).toEqual([[], [], [], []]);
  });

  test('gateway: sessions and receipts survive it (S-20)', async () => {
    await underLoad();
    await stack.kill('gateway');
    await expect(whole(mother)).rejects.toThrow();
    await stack.startPart('gateway');
    await allIsWell();
  });
});
