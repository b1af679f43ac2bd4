import { inputOf, reportMutation, schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Report, absencesOf, daysAhead, report, today } from './absences.ts';
import { askRaw } from './asking.ts';
import { openTown, type Kind } from './town.ts';

const town = openTown();
afterAll(() => town.close());

let mother: Visitor;
let father: Visitor;
let child: string;
let school: string;
let kindergarten: string;

const units = `query { viewer { children { id enrolments { unit { id } } } } }`;
type Units = {
  viewer: { children: readonly { id: string; enrolments: readonly { unit: { id: string } }[] }[] };
};
const onlyUnitOf = async (visitor: Visitor, childId: string): Promise<string> => {
  const { data } = await visitor.ask<Units>(units);
  return data!.viewer.children.find(({ id }) => id === childId)!.enrolments[0]!.unit.id;
};

beforeAll(async () => {
  [mother, father] = [await town.visit('guardian', 'F10.mother'), await town.visit('guardian', 'F10.father')];
  child = await town.idOf('F10.child');
  taken = (await absencesOf(mother, child))!.length + 20;
  school = await onlyUnitOf(mother, child);
  kindergarten = await onlyUnitOf(await town.visit('guardian', 'F1.mother'), await town.idOf('F1.younger'));
});

/** Each test takes a day of its own, after those that were taken before, so that none meets another's report. */
let taken = 0;
const freeDay = (): string => schoolDayAhead((taken += 1));

const input = (more: Partial<Report> = {}): Report => ({
  childId: child,
  unitId: school,
  day: freeDay(),
  cause: 'SICK',
  idempotencyKey: newId(),
  ...more,
});

const onDay = async (visitor: Visitor, day: string) =>
  (await absencesOf(visitor, child))?.filter((absence) => absence.day === day);

const board = `query Board($id: ID!, $day: Date!) { unit(id: $id) {
  absences(day: $day, first: 100) { nodes { id cause child { id name { given } } } } } }`;
type Board = {
  unit: {
    absences: { nodes: readonly { id: string; cause: string | null; child: { id: string } | null }[] } | null;
  } | null;
};
const onBoard = async (who: Visitor, unit: string, day: string) =>
  (await who.ask<Board>(board, { id: unit, day })).data?.unit?.absences?.nodes.map((node) => ({
    ...{ id: node.id, cause: node.cause, child: node.child?.id },
  }));

describe('a report', () => {
  test('is read back by both guardians and seen by the contact teacher, with its cause (GUA-03, ABS-02)', async () => {
    const wanted = input();
    const { data, codes } = await report(mother, wanted);
    expect(codes).toEqual([]);
    expect(data?.reportAbsence).toMatchObject({ __typename: 'AbsenceReported' });
    const absence = { id: data!.reportAbsence!.absence!.id, day: wanted.day, cause: 'SICK' };
    expect(await onDay(mother, wanted.day)).toEqual([absence]);
    expect(await onDay(father, wanted.day)).toEqual([absence]);
    const teacher = await town.visit('staff', 'staff.contactTeacher');
    expect(await onDay(teacher, wanted.day)).toEqual([absence]);
    expect(await onBoard(teacher, school, wanted.day)).toEqual([{ id: absence.id, cause: 'SICK', child }]);
  });

  test.each([
    ['staff.schoolLeader', 'SICK'],
    ['staff.secondTeacher', null],
    ['staff.assistant', null],
    ['staff.schoolOffice', null],
  ])(
    'is seen by %s with the cause %s: health data is for those in charge alone (ABS-04)',
    async (who, cause) => {
      const wanted = input();
      await report(father, wanted);
      const staff = await town.visit('staff', who);
      expect(await onDay(staff, wanted.day)).toMatchObject([{ cause }]);
      expect(await onBoard(staff, school, wanted.day)).toMatchObject([{ cause, child }]);
    },
  );

  test.each(['staff.otherTeacher', 'staff.afterSchoolLeader', 'staff.kindergartenLeader'])(
    'is not there for %s of another unit, and neither are child and school (S-02, SFO-10)',
    async (who) => {
      const wanted = input();
      await report(mother, wanted);
      const staff = await town.visit('staff', who);
      const { day } = wanted;
      expect(await absencesOf(staff, child)).toBeNull();
      expect(await askRaw(staff, board, { id: school, day })).toEqual(
        await askRaw(staff, board, { id: newId(), day }),
      );
    },
  );

  test('is not there for a teacher of another class of the same school (S-02)', async () => {
    const wanted = input();
    await report(mother, wanted);
    const teacherOfOthers = await town.visit('staff', 'F11.father');
    expect(await absencesOf(teacherOfOthers, child)).toBeNull();
    expect(await onBoard(teacherOfOthers, school, wanted.day)).toEqual([]);
  });
});

describe('a report that cannot be taken', () => {
  test('of a past day is refused with the first day that can be reported (ABS-13)', async () => {
    const { data, codes } = await report(mother, input({ day: addDays(today(), -1) }));
    expect(codes).toEqual([]);
    expect(data?.reportAbsence).toMatchObject({
      __typename: 'AbsenceDayPast',
      code: 'ABSENCE_DAY_PAST',
      firstPossibleDay: today(),
    });
  });

  test('for a unit that is not the child’s is refused alike, whether there is such a unit or not (S-06)', async () => {
    const day = freeDay();
    const real = await askRaw(mother, reportMutation, {
      input: inputOf(input({ unitId: kindergarten, day })),
    });
    expect(JSON.parse(real.text)).toMatchObject({
      data: { reportAbsence: { outcomes: [{ absences: [], refusal: { code: 'ABSENCE_UNIT_WRONG' } }] } },
    });
    expect(await askRaw(mother, reportMutation, { input: inputOf(input({ unitId: newId(), day })) })).toEqual(
      real,
    );
    expect(await onDay(mother, day)).toEqual([]);
  });

  test('of a day that the other guardian has reported is shown the first report (ABS-14, S-22)', async () => {
    const first = input({ cause: 'APPOINTMENT' });
    const { data } = await report(mother, first);
    const again = await report(father, input({ day: first.day, cause: 'OTHER' }));
    expect(again.data?.reportAbsence).toMatchObject({
      __typename: 'AbsenceKnown',
      absence: { id: data?.reportAbsence?.absence?.id, day: first.day, cause: 'APPOINTMENT' },
    });
    expect(await onDay(father, first.day)).toHaveLength(1);
  });

  test('because both guardians send it at once is taken once, and both see that one (S-22)', async () => {
    const day = freeDay();
    const answers = await Promise.all(
      [mother, father, mother, father].map((guardian) => report(guardian, input({ day }))),
    );
    const outcomes = answers.map(({ data }) => data?.reportAbsence);
    expect(outcomes.map((outcome) => String(outcome?.__typename)).toSorted()).toEqual([
      ...['AbsenceKnown', 'AbsenceKnown', 'AbsenceKnown'],
      'AbsenceReported',
    ]);
    expect(new Set(outcomes.map((outcome) => outcome?.absence?.id)).size).toBe(1);
    expect(await onDay(mother, day)).toHaveLength(1);
  });

  test('because it comes again under its own key gets the first answer (S-22)', async () => {
    const wanted = input();
    const first = await askRaw(mother, reportMutation, { input: inputOf(wanted) });
    expect(JSON.parse(first.text)).toMatchObject({
      data: { reportAbsence: { __typename: 'AbsenceReported' } },
    });
    expect(await askRaw(mother, reportMutation, { input: inputOf(wanted) })).toEqual(first);
    expect(await onDay(mother, wanted.day)).toHaveLength(1);
  });

  test('because its key names another report is BAD_USER_INPUT, and nothing is stored (S-22)', async () => {
    const wanted = input();
    await report(mother, wanted);
    const other = { ...wanted, day: freeDay() };
    expect((await report(mother, other)).codes).toEqual(['BAD_USER_INPUT']);
    expect(await onDay(mother, other.day)).toEqual([]);
  });

  test.each([
    ['a cause that is not on the list', { cause: 'HOMESICK' }],
    ['free text as a cause', { cause: 'feber siden i går' }],
    ['a field of free text beside it', { comment: 'feber siden i går' }],
    ['a day that is none', { firstDay: '2027-02-30' }],
    ['no key', { idempotencyKey: '' }],
    ['a key that is too long', { idempotencyKey: 'k'.repeat(65) }],
  ])('with %s is BAD_USER_INPUT (ABS-04)', async (_what, more) => {
    const { data, codes } = await mother.ask(reportMutation, { input: { ...inputOf(input()), ...more } });
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect((data as { reportAbsence?: unknown } | null | undefined)?.reportAbsence ?? null).toBeNull();
  });
});

describe('an id that is not the visitor’s', () => {
  const day = schoolDayAhead(240);
  /** Everything that takes the id of a child or a unit, and what it is asked with. */
  const childOperations: Readonly<Record<string, (id: string) => [string, object]>> = {
    'as a variable': (id) => [`query ($id: ID!) { child(id: $id) { id } }`, { id }],
    'as a literal': (id) => [`{ child(id: "${id}") { id name { given } } }`, {}],
    'under aliases beside own children': (id) => [
      `query ($id: ID!) { a: child(id: $id) { id } b: child(id: $id) { name { given family } } viewer { children { id } } }`,
      { id },
    ],
    'with everything nested': (id) => [
      `query ($id: ID!) { child(id: $id) { id name { given } guardians { id name { given } }
         enrolments { id unit { id name } groups { name } }
         absences { nodes { id cause unit { name } } pageInfo { hasNextPage endCursor } } } }`,
      { id },
    ],
    'for its absences alone': (id) => [
      `query ($id: ID!) { child(id: $id) { absences(first: 1) { edges { cursor } } } }`,
      { id },
    ],
    'in a report': (id) => [
      reportMutation,
      { input: inputOf(input({ childId: id, day, idempotencyKey: 'swap' })) },
    ],
    'in a report of a past day': (id) => [
      reportMutation,
      { input: inputOf(input({ childId: id, day: '2020-01-01', idempotencyKey: 'swap' })) },
    ],
    'in a report for a wrong unit': (id) => [
      reportMutation,
      { input: inputOf(input({ childId: id, unitId: newId(), day, idempotencyKey: 'swap' })) },
    ],
    'in two reports at once': (id) => [
      `mutation ($input: ReportAbsenceInput!) {
         one: reportAbsence(input: $input) { __typename } two: reportAbsence(input: $input) { __typename } }`,
      { input: inputOf(input({ childId: id, day, idempotencyKey: 'swap' })) },
    ],
  };

  const swappers: readonly (readonly [Kind, string])[] = [
    ['guardian', 'F2.father'],
    ['guardian', 'F3.father'],
    ['guardian', 'F6.father'],
    ['guardian', 'F11.mother'],
    ['staff', 'staff.otherTeacher'],
    ['staff', 'staff.pedagogue'],
    ['staff', 'F11.father'],
  ];

  test.each(swappers)(
    'gets a %s, %s, the same bytes as a random one in every place it can stand (S-06, GUA-20)',
    async (kind, who) => {
      const visitor = await town.visit(kind, who);
      const victims = [child, await town.idOf('F6.child'), await town.idOf('odd.soleUnidentified.child')];
      for (const [place, operation] of Object.entries(childOperations)) {
        const random = await askRaw(visitor, ...operation(newId()));
        expect(JSON.parse(random.text).errors[0].extensions.code, place).toBe('NOT_FOUND');
        for (const victim of victims)
          expect(await askRaw(visitor, ...operation(victim)), place).toEqual(random);
        expect(await askRaw(visitor, ...operation('x')), `${place}, malformed`).toEqual(random);
      }
      expect(await onDay(mother, day)).toEqual([]);
    },
  );

  test.each(swappers)(
    'gets a %s, %s, the same bytes for a unit of others (ADR-04, S-06)',
    async (kind, who) => {
      const visitor = await town.visit(kind, who);
      const others = {
        'F3.father': 'Blyanten skole',
        'F11.mother': 'Trillebåra barnehage',
        'F11.father': 'Blyanten skole',
      };
      const [{ unit_id: unit }] = await town.look('identity')<[{ unit_id: string }]>`
      select unit_id from unit where name = ${(others as Record<string, string>)[who] ?? 'Knappenålen barnehage'}`;
      for (const query of [
        `query ($id: ID!) { unit(id: $id) { id } }`,
        `query ($id: ID!) { unit(id: $id) { name kind } }`,
      ])
        expect(await askRaw(visitor, query, { id: unit })).toEqual(
          await askRaw(visitor, query, { id: newId() }),
        );
      expect(await askRaw(visitor, board, { id: unit, day })).toEqual(
        await askRaw(visitor, board, { id: newId(), day }),
      );
    },
  );

  test('is not for staff to report, though the child is in their charge (ABS-02)', async () => {
    const teacher = await town.visit('staff', 'staff.contactTeacher');
    const wanted = input({ day, idempotencyKey: 'swap' });
    const random = { ...wanted, childId: newId() };
    expect(await askRaw(teacher, reportMutation, { input: wanted })).toEqual(
      await askRaw(teacher, reportMutation, { input: random }),
    );
    expect(await onDay(mother, day)).toEqual([]);
  });

  test('gets a guardian no list of who is away at the school of their own child (ABS-02)', async () => {
    expect(await onBoard(mother, school, daysAhead(21))).toBeUndefined();
  });

  test.each([
    `{ _entities(representations: [{ __typename: "Child", id: "x" }]) { __typename } }`,
    `{ _service { sdl } }`,
  ])('finds no back door for entities: %s (S-13)', async (query) => {
    expect((await mother.ask(query)).codes).toEqual(['BAD_USER_INPUT']);
  });
});
