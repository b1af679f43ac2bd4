import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf, weekdayOf } from '@ranselpost/kit/pure/dates';
import { isPublicHoliday } from '@ranselpost/kit/pure/public-holidays';
import { staff } from '@ranselpost/kit/testing/actors';
import { tellFamilies as tell } from '@ranselpost/kit/testing/families';
import type { IdentityFacts } from '@ranselpost/kit/testing/identity-facts';
import type { WantedMark } from '../src/domain/mark.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { markAttendance } from '../src/usecases/mark-attendance.ts';
import { type DayBoardWanted, type ShownBoard, readDayBoards } from '../src/usecases/read-day-boards.ts';
import { machine, people, places } from './families.ts';
import { type World, today } from './world.ts';

/** Tells the families of the kit. Their units say nothing of their days: what is marked goes by the calendar of their kind. */
export const tellFamilies = (identity: IdentityFacts): Promise<void> => tell(identity, ['ABSENCE']);

/** A Monday on which schools are open, whatever the day on which the tests run; and times on it. */
export const monday = schoolMonday(today);
export const at = (deps: Deps, time: string, day = monday): Deps => ({
  ...deps,
  now: () => instantOf(day, time),
});

/** Always one to come: on a Monday, what is stored by today's clock would else be later than a test's morning. */
function schoolMonday(from: string): string {
  const found = addDays(from, 8 - weekdayOf(from));
  return isPublicHoliday(found) ? schoolMonday(found) : found;
}

/** The school day before another one. */
export function schoolDayBefore(day: string): string {
  const before = addDays(day, -1);
  return weekdayOf(before) > 5 || isPublicHoliday(before) ? schoolDayBefore(before) : before;
}

export const aMark = (childId: string, given: Partial<WantedMark> = {}): WantedMark => ({
  ...{ id: newId(), childId, day: monday, slot: 'DAY', standing: 'PRESENT', came: null, went: null },
  ...{ knew: null, settles: [], markedAt: instantOf(given.day ?? monday, '08:40') },
  ...given,
});

/** Marks as the contact teacher, at nine unless said otherwise; answers what has become of each. */
export async function mark(
  { deps }: World,
  marks: readonly WantedMark[],
  {
    who = people.teacher,
    unitId = places.school,
    time = '09:00',
  }: { who?: Actor; unitId?: string; time?: string } = {},
) {
  const result = await markAttendance(at(deps, time), who, unitId, marks);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}

/** One board as somebody sees it. */
export async function boardOf(
  { deps }: World,
  who: Actor,
  given: Partial<DayBoardWanted> = {},
): Promise<ShownBoard> {
  const wanted = {
    unitId: places.school,
    day: monday,
    groupId: null,
    tripId: null,
    after: null,
    first: 100,
    ...given,
  };
  return (await readDayBoards(at(deps, '09:00'), who, [wanted]))[0]!;
}

/** For whom there is no such school, or who has none of its children in their charge. */
export const outsiders: readonly [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian of the child', people.mother],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
  ['the leader of another school', people.otherLeader],
  ['after-school staff, at the school (SFO-10)', people.afterSchool],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];
