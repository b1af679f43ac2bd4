import { localDateAt, type LocalDate, weekdayOf } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import { goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import {
  type CalendarTerms,
  type Lesson,
  act,
  calendarOf,
  everyDay,
  setAlert,
  setCalendar,
  setTimetable,
} from '../../visitor/register.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import type { Stack } from '../stack.ts';
import { DidNotHold, hold } from '../story.ts';
import { today, tomorrow } from './graph.ts';
import { note, notesOf } from './notes.ts';

/** A child where it goes: the units by their kind, and its groups at school. */
export interface Pupil {
  readonly id: string;
  readonly given: string;
  readonly units: Readonly<Record<string, string>>;
  readonly groupIds: readonly string[];
}

/** A morning at the golden school, its after-school unit and the golden kindergarten, on whatever day and hour it is played. */
export interface Morning {
  readonly stack: Stack;
  readonly today: LocalDate;
  readonly leaders: Leaders;
  readonly teacher: Visitor;
  readonly pedagogue: Visitor;
  readonly guardian: (number: string) => Promise<Visitor>;
}

interface Leaders {
  readonly school: Visitor;
  readonly afterSchool: Visitor;
  readonly kindergarten: Visitor;
}

const { F1, F12, F14 } = goldenFamilies;

/** The units of the story, by their kind. */
const unitsOf = async (stack: Stack): Promise<Readonly<Record<string, string>>> =>
  (await pupilsOf(await visitorOf(stack, 'guardian', F14.mother.number))).reduce(
    (all, { units }) => ({ ...all, ...units }),
    {},
  );

const visitorOf = (stack: Stack, kind: 'guardian' | 'staff', who: string): Promise<Visitor> =>
  Visitor.signedIn(stack.urls['gateway']!, kind, who);

/** A day that ends while it is played is two days: its last minutes are let pass. */
async function awaitOneDay(see: Say): Promise<void> {
  const lastMinutes = 6 * 60_000;
  if (localDateAt(new Date(Date.now() + lastMinutes)) === today()) return;
  see('it is just before midnight in Norway: the morning begins when the new day has');
  const ends = today();
  while (today() === ends) await sleep(500);
}

/** Opens the units on this very day, and has each say that it cannot be told of it in time any more. */
export async function beginMorning(stack: Stack, see: Say): Promise<Morning> {
  await awaitOneDay(see);
  const [leaders, teacher, pedagogue, units] = await Promise.all([
    enterLeaders(stack),
    visitorOf(stack, 'staff', goldenStaff.contactTeacher.number),
    visitorOf(stack, 'staff', goldenStaff.pedagogue.number),
    unitsOf(stack),
  ]);
  const day = today();
  const planning = { closed: [{ firstDay: day, lastDay: day, kind: 'PLANNING' as const }] };
  for (const [kind, leader, terms] of [
    ['SCHOOL', leaders.school, everyDay],
    ['AFTER_SCHOOL', leaders.afterSchool, { ...everyDay, ...planning }],
    ['KINDERGARTEN', leaders.kindergarten, everyDay],
  ] as const)
    await sayDays(stack, leader, units[kind]!, terms);
  hold(
    (await setAlert(leaders.school, units['SCHOOL']!, 0)) === 'AbsenceAlertSet',
    'the school cannot say how long it waits',
  );
  const guardian = (number: string): Promise<Visitor> => visitorOf(stack, 'guardian', number);
  return { stack, today: day, leaders, teacher, pedagogue, guardian };
}

async function enterLeaders(stack: Stack): Promise<Leaders> {
  const [school, afterSchool, kindergarten] = await Promise.all(
    (['schoolLeader', 'afterSchoolLeader', 'kindergartenLeader'] as const).map((who) =>
      visitorOf(stack, 'staff', goldenStaff[who].number),
    ),
  );
  return { school: school!, afterSchool: afterSchool!, kindergarten: kindergarten! };
}

async function sayDays(stack: Stack, leader: Visitor, unitId: string, terms: CalendarTerms): Promise<void> {
  const { calendars } = notesOf(stack);
  if (calendars[unitId] === undefined)
    note(stack, { calendars: { ...calendars, [unitId]: await calendarOf(leader, unitId) } });
  const came = await setCalendar(leader, unitId, terms);
  hold(came === 'UnitCalendarSet', `a unit cannot say when it is open: ${came}`);
}

/** A guardian's children, where they go. */
export async function pupilsOf(who: Visitor): Promise<readonly Pupil[]> {
  const { data, codes } = await who.ask<{
    viewer: {
      children: readonly {
        readonly id: string;
        readonly name: { readonly given: string } | null;
        readonly enrolments: readonly {
          readonly unit: { readonly id: string; readonly kind: string };
          readonly groups: readonly { readonly id: string }[];
        }[];
      }[];
    };
  }>('{ viewer { children { id name { given } enrolments { unit { id kind } groups { id } } } } }');
  if (data?.viewer == null) throw new DidNotHold(`the children gave ${codes.join(', ')}`);
  return data.viewer.children.map(({ id, name, enrolments }) => ({
    ...{ id, given: name?.given ?? '' },
    units: Object.fromEntries(enrolments.map(({ unit }) => [unit.kind, unit.id])),
    groupIds: enrolments
      .filter(({ unit }) => unit.kind === 'SCHOOL')
      .flatMap(({ groups }) => groups.map((group) => group.id)),
  }));
}

/** Two lessons which the child's class has had by now, whatever the hour. */
export async function lessonsToday(morning: Morning, { units, groupIds }: Pupil): Promise<readonly Lesson[]> {
  const weekday = weekdayOf(morning.today);
  return setTimetable(morning.leaders.school, {
    ...{ unitId: units['SCHOOL']!, groupId: groupIds[0]!, from: morning.today },
    lessons: [
      { weekday, starts: '00:00', ends: '00:45' },
      { weekday, starts: '00:50', ends: '01:35' },
    ],
  });
}

const told = `query Told($id: ID!, $from: Date!) { child(id: $id) {
  absences(first: 20, from: $from) { nodes { id day unit { id } cause } } } }`;
export interface Told {
  readonly id: string;
  readonly day: LocalDate;
  readonly cause: string | null;
  readonly unit: { readonly id: string } | null;
}

/** What stands reported of a child from today on. */
export async function toldOf(who: Visitor, childId: string): Promise<readonly Told[]> {
  const { data } = await who.ask<{ child: { absences: { nodes: readonly Told[] } | null } | null }>(told, {
    ...{ id: childId, from: today() },
  });
  return data?.child?.absences?.nodes ?? [];
}

const leaves = `query Leaves($id: ID!) { child(id: $id) { leaves(first: 20) { nodes { id state firstDay } } } }`;

/** Takes back what a morning has left, and lets units say of their days what they said before. */
export async function endMorning(stack: Stack): Promise<void> {
  const { calendars } = notesOf(stack);
  if (Object.keys(calendars).length === 0) return;
  const leaders = await enterLeaders(stack);
  const families = await Promise.all(
    [F1, F12, F14].map((family) => visitorOf(stack, 'guardian', family.mother.number)),
  );
  const units = await unitsOf(stack);
  const children = await Promise.all(families.map(async (who) => ({ who, pupils: await pupilsOf(who) })));
  for (const { who, pupils } of children)
    for (const { id, groupIds } of pupils) {
      const { data } = await who.ask<{
        child: {
          leaves: { nodes: readonly { id: string; state: string; firstDay: LocalDate }[] } | null;
        } | null;
      }>(leaves, { id });
      for (const leave of data?.child?.leaves?.nodes ?? [])
        if (leave.firstDay >= today() && (leave.state === 'APPLIED' || leave.state === 'GRANTED'))
          await act(who, 'withdrawLeave', { leaveId: leave.id });
      await takeBack(who, id, { leaders, units });
      if (groupIds[0] !== undefined)
        await act(leaders.school, 'setTimetable', {
          ...{ unitId: units['SCHOOL']!, groupId: groupIds[0], from: today(), lessons: [] },
        });
    }
  await setAlert(leaders.school, units['SCHOOL']!, 30);
  for (const [kind, unitId] of Object.entries(units)) {
    const terms = calendars[unitId];
    if (terms === undefined) continue;
    const came = await setCalendar(leaderOf(leaders, kind), unitId, terms);
    hold(came === 'UnitCalendarSet', `what a unit said of its days is not put right: ${came}`);
  }
  note(stack, { calendars: {} });
}

/** Takes back what stands of a child's day and the next; what somebody else had said of it stands then, and is taken back too. */
async function takeBack(
  who: Visitor,
  childId: string,
  { leaders, units }: { readonly leaders: Leaders; readonly units: Readonly<Record<string, string>> },
): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    const standing = (await toldOf(who, childId)).filter(({ day }) => day <= tomorrow());
    for (const { id: absenceId, unit } of standing) {
      const [kind] = Object.entries(units).find(([, unitId]) => unitId === unit?.id) ?? [];
      if (kind !== undefined) await act(leaderOf(leaders, kind), 'withdrawAbsence', { absenceId });
    }
    if (standing.length === 0) return;
  }
}

const leaderOf = ({ school, afterSchool, kindergarten }: Leaders, kind: string): Visitor =>
  kind === 'SCHOOL' ? school : kind === 'AFTER_SCHOOL' ? afterSchool : kindergarten;
