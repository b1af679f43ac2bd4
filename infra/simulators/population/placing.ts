import { goldenFamilies, goldenOddities, goldenStaff } from './golden.ts';
import type { Group, Person, Unit } from './model.ts';
import { hash } from './random.ts';
import { basisGroup, contactGroup, department, goldenUnits, municipality, type School } from './units.ts';
import type { Workplace } from './workplace.ts';

/** The school year of the enrolments. Fixed, so that numbers and places are the same on any day. */
export const schoolYear = 2026;
const termStart = `${schoolYear}-08-01`;
const kindergartenStart = `${schoolYear}-08-15`;
const hiredIn = '2024-08-01';
const F = goldenFamilies;

export const levelOf = (child: Person): number =>
  Math.min(10, schoolYear - Number(child.born.slice(0, 4)) - 5);
const deferred = new Set<Person>([F.F14.kindergartenTwin]);
export const isPupil = (child: Person): boolean => levelOf(child) >= 1 && !deferred.has(child);

const goesToOtherSchool = new Set<Person>([F.F3.mothersOther, F.F9.child, goldenOddities.twoMothers.child]);
const goesToAfterSchool = new Set<Person>([F.F14.schoolTwin, F.F12.child]);
const afterSchoolShare = [0.94, 0.92, 0.63, 0.37];

export const goldenSchoolOf = (child: Person): School =>
  goesToOtherSchool.has(child) ? goldenUnits.otherSchool : goldenUnits.school;

function attendsAfterSchool(seed: number, child: Person): boolean {
  if (child.sourceId.startsWith('g-')) return goesToAfterSchool.has(child);
  const share = afterSchoolShare[levelOf(child) - 1] ?? 0;
  return hash(seed, `sfo${child.number}`) / 4294967296 < share;
}

/** Shares children out to groups of at most `most`, evenly; golden children come first and so are in the first one. */
function share(children: readonly Person[], most: number): Person[][] {
  const count = Math.max(1, Math.ceil(children.length / most));
  const golden = children.filter((child) => child.sourceId.startsWith('g-'));
  const others = children.filter((child) => !child.sourceId.startsWith('g-'));
  const lists: Person[][] = Array.from({ length: count }, () => []);
  lists[0]?.push(...golden);
  for (const child of others)
    lists.reduce((least, list) => (list.length < least.length ? list : least)).push(child);
  return lists;
}

/** Who teaches where a golden family needs somebody known; elsewhere somebody is hired. */
function contactTeacherOf(work: Workplace, group: Group): Person {
  if (group.unit === goldenUnits.school.unit && group.name === '3A') return goldenStaff.contactTeacher;
  if (group.unit === goldenUnits.school.unit && group.name === '5A') return goldenStaff.teacherWhoIsFather;
  if (group.unit === goldenUnits.otherSchool.unit && group.name === '3A') return goldenStaff.otherTeacher;
  return work.hire('contact teacher');
}

export function fillSchool(
  work: Workplace,
  seed: number,
  { unit, afterSchool }: School,
  pupils: readonly Person[],
): void {
  const golden = unit === goldenUnits.school.unit;
  work.units.push(unit, afterSchool);
  const leader = golden ? goldenStaff.schoolLeader : work.hire('head teacher');
  work.join(work.employ(leader, 'head teacher'), unit, '05', hiredIn);
  const office = golden ? goldenStaff.schoolOffice : work.hire('school office');
  work.join(work.employ(office, 'school office'), unit, '07', hiredIn);
  for (const pupil of pupils) work.join(pupil, unit, '01', `${schoolYear + 1 - levelOf(pupil)}-08-01`);
  for (let level = 1; level <= 10; level += 1) {
    share(
      pupils.filter((pupil) => levelOf(pupil) === level),
      25,
    ).forEach((members, n) => fillClass(work, basisGroup(unit, level, n), members));
  }
  if (golden) {
    work.join(work.employ(goldenStaff.formerTeacher, 'teacher'), unit, '02', '2019-08-01', '2026-06-30');
  }
  const attending = pupils.filter((pupil) => levelOf(pupil) <= 4 && attendsAfterSchool(seed, pupil));
  const afterSchoolLeader = golden ? goldenStaff.afterSchoolLeader : work.hire('after-school leader');
  work.join(work.employ(afterSchoolLeader, 'after-school leader'), afterSchool, '05', hiredIn);
  if (golden)
    work.join(work.employ(goldenStaff.afterSchoolWorker, 'after-school staff'), afterSchool, '08', hiredIn);
  for (let n = golden ? 15 : 0; n < attending.length; n += 15) {
    work.join(work.hire('after-school staff'), afterSchool, '08', hiredIn);
  }
  for (const child of attending) work.join(child, afterSchool, '01', termStart);
}

function fillClass(work: Workplace, basis: Group, members: readonly Person[]): void {
  const { unit } = basis;
  work.groups.push(basis);
  const contacts = share(members, 15);
  contacts.forEach((part, n) => {
    const group = contactGroup(unit, basis, n + 1);
    work.groups.push(group);
    const teacher = work.employ(
      n === 0 ? contactTeacherOf(work, basis) : work.hire('contact teacher'),
      'contact teacher',
    );
    work.join(teacher, unit, '02', hiredIn);
    work.join(teacher, basis, '06', termStart);
    work.join(teacher, group, '06', termStart);
    for (const pupil of part) {
      work.join(pupil, basis, '01', termStart);
      work.join(pupil, group, '01', termStart);
    }
  });
  const golden = unit === goldenUnits.school.unit && basis.name === '3A';
  if (!golden && (members.length < 12 || basis.name.endsWith('B'))) return;
  const second = work.employ(golden ? goldenStaff.secondTeacher : work.hire('teacher'), 'teacher');
  work.join(second, unit, '02', hiredIn);
  work.join(second, basis, '02', termStart);
  const assistant = work.employ(golden ? goldenStaff.assistant : work.hire('assistant'), 'assistant');
  work.join(assistant, unit, '08', hiredIn);
  work.join(assistant, basis, '08', termStart);
}

export function fillKindergarten(work: Workplace, unit: Unit, children: readonly Person[]): void {
  const golden = unit === goldenUnits.kindergarten;
  work.units.push(unit);
  const leader = golden ? goldenStaff.kindergartenLeader : work.hire('kindergarten leader');
  work.join(work.employ(leader, 'kindergarten leader'), unit, '05', hiredIn);
  const large = children.filter((child) => levelOf(child) >= -2);
  const small = children.filter((child) => levelOf(child) < -2);
  [...share(large, 18), ...share(small, 14)].forEach((members, n) => {
    const group = department(unit, n);
    work.groups.push(group);
    const first = golden && n === 0;
    const pedagogue = work.employ(
      first ? goldenStaff.pedagogue : work.hire('pedagogical leader'),
      'pedagogical leader',
    );
    work.join(pedagogue, unit, '02', hiredIn);
    work.join(pedagogue, group, '06', kindergartenStart);
    for (let hired = 0; hired < Math.max(1, Math.round(members.length / 7)); hired += 1) {
      const known = first && hired === 0;
      const assistant = work.employ(
        known ? goldenStaff.kindergartenAssistant : work.hire('kindergarten assistant'),
        'kindergarten assistant',
      );
      work.join(assistant, unit, '08', hiredIn);
      work.join(assistant, group, '08', kindergartenStart);
    }
    for (const child of members) {
      work.join(child, unit, '01', `${Math.max(Number(child.born.slice(0, 4)) + 1, schoolYear - 4)}-08-15`);
      work.join(child, group, '01', kindergartenStart);
    }
  });
  // A place that has ended: it gives nobody anything today.
  if (golden) work.join(F.F2.child, unit, '01', '2019-08-15', '2023-07-31');
}

/** Those who work for the municipality and not at one unit. */
export function fillMunicipality(work: Workplace): void {
  work.join(work.employ(goldenStaff.caseWorker, 'admission case worker'), municipality, '07', hiredIn);
  work.join(work.employ(goldenStaff.administrator, 'administrator'), municipality, '05', hiredIn);
  work.join(work.employ(goldenStaff.secondAdministrator, 'administrator'), municipality, '05', hiredIn);
  for (let n = 0; n < 3; n += 1) work.join(work.hire('case worker'), municipality, '07', hiredIn);
}
