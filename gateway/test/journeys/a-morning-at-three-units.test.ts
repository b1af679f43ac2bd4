import { reportMutation, type ReportAnswer, schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { type LiveStream, openLive } from '@ranselpost/infra/visitor/live';
import {
  type CalendarTerms,
  boardOf,
  calendarOf,
  everyDay,
  mark,
  rowOf,
  setAlert,
  setCalendar,
} from '@ranselpost/infra/visitor/register';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown } from './town.ts';

const town = openTown();

const day = localDateAt(new Date());
let mother: Visitor;
let father: Visitor;
let leader: Visitor;
let atSchool: string;
let inKindergarten: string;
const units: Record<string, string> = {};
let before: CalendarTerms;
let stream: LiveStream;

beforeAll(async () => {
  [mother, father, leader] = await Promise.all([
    town.visit('guardian', 'F14.mother'),
    town.visit('guardian', 'F14.father'),
    town.visit('staff', 'staff.schoolLeader'),
  ]);
  [atSchool, inKindergarten] = [await town.idOf('F14.schoolTwin'), await town.idOf('F14.kindergartenTwin')];
  const { data } = await mother.ask<{
    viewer: { children: { enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { enrolments { unit { id kind } } } } }');
  for (const { enrolments } of data!.viewer.children)
    for (const { unit } of enrolments) units[unit.kind] = unit.id;
  before = await calendarOf(leader, units['SCHOOL']!);
  // Whatever day and hour this is played, the school has children now.
  await setCalendar(leader, units['SCHOOL']!, everyDay);
  stream = await openLive(leader);
});
afterAll(async () => {
  stream.close();
  await setCalendar(leader, units['SCHOOL']!, before);
  await town.close();
});

const hintsOfTheSchool = (): number =>
  stream.heard().split(`{"kind":"board","id":"${units['SCHOOL']}"}`).length - 1;

const said = (
  who: Visitor,
  ofDay: string,
  places: readonly { childId: string; unitId: string }[],
  cause: string,
) =>
  who.ask<ReportAnswer>(reportMutation, {
    input: { places, firstDay: ofDay, cause, idempotencyKey: newId() },
  });

test('two guardians report two children at school, after-school care and kindergarten at once: each unit has it once, and staff’s mark wins over it (S-22, ABS-03, ABS-14, ABS-15, SFO-10)', async () => {
  const ahead = schoolDayAhead(150);
  const places = [
    { childId: atSchool, unitId: units['SCHOOL']! },
    { childId: atSchool, unitId: units['AFTER_SCHOOL']! },
    { childId: inKindergarten, unitId: units['KINDERGARTEN']! },
  ];
  const outcomes = (
    await Promise.all([said(mother, ahead, places, 'SICK'), said(father, ahead, places, 'OTHER')])
  ).map(({ data }) => data?.reportAbsence?.outcomes ?? []);
  for (const place of places.keys()) {
    const both = outcomes.map((some) => some[place]);
    expect(
      both.flatMap((one) => one?.knownDays ?? []),
      'one is told that it was known',
    ).toEqual([ahead]);
    expect(new Set(both.map((one) => one?.absences[0]?.id)).size).toBe(1);
  }

  const heard = hintsOfTheSchool();
  const [school] = places;
  const row = () => rowOf(leader, school!.unitId, day, atSchool);
  expect((await said(father, day, [school!], 'SICK')).codes).toEqual([]);
  await eventually(() => expect(hintsOfTheSchool(), 'an open board is told').toBeGreaterThan(heard), 30_000);
  expect(await row()).toMatchObject({ state: 'ABSENT_REPORTED' });
  expect(
    await mark(leader, school!.unitId, [{ childId: atSchool, day, standing: 'PRESENT', came: '00:05' }]),
  ).toEqual(['TAKEN']);
  expect(await row()).toMatchObject({ isHere: true, came: '00:05' });

  const afterSchool = await town.visit('staff', 'staff.afterSchoolLeader');
  expect(await boardOf(afterSchool, units['SCHOOL']!, day)).toEqual(['NOT_FOUND']);
  expect(await rowOf(afterSchool, units['AFTER_SCHOOL']!, ahead, atSchool)).toMatchObject({
    state: 'ABSENT_REPORTED',
  });
});

test('a pupil is missing: home is told of it at once; one whom nobody may know of is on no board and in no number (ABS-12, ADR-10, S-06, S-08)', async () => {
  const [missing, hidden] = [await town.idOf('F10.child'), await town.idOf('F6.child')];
  const home = await openLive(await town.visit('guardian', 'F10.father'));
  const board = async () => {
    const seen = await boardOf(leader, units['SCHOOL']!, day);
    if (!('counts' in seen)) throw new Error(seen.join());
    return seen;
  };
  try {
    expect(await setAlert(leader, units['SCHOOL']!, 0)).toBe('AbsenceAlertSet');
    const { counts } = await board();
    const marks = [hidden, missing].map((childId) => ({ childId, day, standing: 'ABSENT' as const }));
    expect(await mark(leader, units['SCHOOL']!, marks)).toEqual(['CHILD_NOT_FOUND', 'TAKEN']);
    await eventually(() => expect(home.heard()).toContain(`{"kind":"child","id":"${missing}"}`), 30_000);
    const after = await board();
    expect(after.counts.absentUnreported).toBe(counts.absentUnreported + 1);
    expect(after.nodes.map(({ child }) => child.id)).not.toContain(hidden);
    expect(Object.values(after.counts).reduce((sum, some) => sum + some)).toBe(
      Object.values(counts).reduce((sum, some) => sum + some),
    );
  } finally {
    home.close();
    await setAlert(leader, units['SCHOOL']!, 30);
  }
});
