import { type Column, forTheMunicipality } from './columns.ts';

/** Somebody who asks: a golden person by name, or one who is found when the matrix is tried, in a capacity. */
export interface Somebody {
  readonly who: string;
  readonly as: 'guardian' | 'staff';
}
export const keyOf = ({ who, as }: Somebody): string => `${who} as ${as}`;

type Standings = Readonly<Partial<Record<Column, readonly string[]>>>;
const parents = (family: string): Standings => ({ guardian: [`${family}.mother`, `${family}.father`] });

/**
 * Who the adults of the golden families are to their children (rules § 23), as they are when the matrix is tried: with the
 * ban of F7 typed in, and F12's father kept from fetching. To everybody whom it does not name they are strangers.
 */
export const families: Readonly<Record<string, Standings>> = {
  'F1.older': parents('F1'),
  'F1.younger': parents('F1'),
  'F2.child': { guardian: ['F2.mother'], parent: ['F2.father'] },
  'F3.shared': { ...parents('F3'), sibling: ['F3.mothersPartner', 'F3.fathersPartner'] },
  'F3.mothersOther': { guardian: ['F3.mother', 'F3.mothersPartner'], sibling: ['F3.father'] },
  'F3.fathersOther': { guardian: ['F3.father', 'F3.fathersPartner'], sibling: ['F3.mother'] },
  'F4.child': { held: ['F4.grandmother'], parent: ['F4.mother', 'F4.father'] },
  'F5.child': { parent: ['F5.mother'] },
  'F6.child': { held: ['F6.mother', 'F6.father'] },
  'F7.child': { guardian: ['F7.mother'], restricted: ['F7.father'] },
  'F8.child': { ...parents('F8'), stranger: ['F8.fosterMother', 'F8.fosterFather'] },
  'F9.child': { guardian: ['F9.mother'], parent: ['F9.father'] },
  'F10.child': parents('F10'),
  'F11.child': parents('F11'),
  'F12.child': { guardian: ['F12.mother'], mayNotFetch: ['F12.father'] },
  'F13.pupil': { ...parents('F13'), child: ['F13.pupil'] },
  'F14.schoolTwin': parents('F14'),
  'F14.kindergartenTwin': parents('F14'),
};
export const children = Object.keys(families);

const classes: Readonly<Record<string, readonly string[]>> = {
  '3A': ['F1.older', 'F8.child', 'F10.child'],
  '5A': ['F3.shared', 'F11.child'],
};
const kindergarten = ['F1.younger', 'F3.fathersOther', 'F14.kindergartenTwin'];
const otherSchool = ['F3.mothersOther', 'F9.child'];
const afterSchool = ['F12.child', 'F14.schoolTwin'];
const school = children.filter((child) => ![...kindergarten, ...otherSchool].includes(child));
/** Who is hidden: staff see them only where they are named for them (ADR-10). */
const hidden = ['F6.child'];
/** Whose cases are open, and whose are an officer's. */
export const withSomethingOpen = ['F4.child', 'F5.child', 'F7.child', 'F12.child'];
export const protectedOrRestricted = ['F6.child', 'F7.child', 'F12.child'];

type ToChild = (child: string) => Column;
const at =
  (places: readonly (readonly [Column, readonly string[]])[], otherwise: Column): ToChild =>
  (child) =>
    places.find(([, some]) => some.includes(child))?.[0] ?? otherwise;
const inClass = (column: Column, name: string): ToChild =>
  at(
    [
      [column, classes[name]!],
      ['colleague', school],
    ],
    'elsewhere',
  );

/** What those who work for the municipality are to a child. Who has no golden name is given their role for the matrix. */
export const staff: Readonly<Record<string, ToChild>> = {
  'staff.schoolLeader': at(
    [
      ['leaderUnnamed', hidden],
      ['leader', school],
    ],
    'elsewhere',
  ),
  'staff.schoolOffice': at(
    [
      ['named', hidden],
      ['office', school],
    ],
    'elsewhere',
  ),
  teacherOfTheHidden: at(
    [
      ['unnamed', hidden],
      ['contactTeacher', ['F2.child']],
      ['colleague', school],
    ],
    'elsewhere',
  ),
  'staff.contactTeacher': inClass('contactTeacher', '3A'),
  'staff.secondTeacher': inClass('teacher', '3A'),
  'staff.assistant': inClass('assistant', '3A'),
  substitute: inClass('substitute', '3A'),
  'F11.father': inClass('contactTeacher', '5A'),
  'staff.afterSchoolWorker': at([['afterSchool', afterSchool]], 'elsewhere'),
  'staff.pedagogue': at([['kindergarten', kindergarten]], 'elsewhere'),
  'staff.otherTeacher': at([['colleague', otherSchool]], 'elsewhere'),
  'staff.formerTeacher': () => 'former',
  'staff.caseWorker': at([['caseWorker', withSomethingOpen]], 'caseWorkerElsewhere'),
  officer: at([['officer', protectedOrRestricted]], 'officerElsewhere'),
  'staff.administrator': () => 'administrator',
  auditor: () => 'auditor',
  archivist: () => 'archivist',
  support: () => 'support',
};

export const standingOf = ({ who, as }: Somebody, child: string): Column =>
  as === 'staff'
    ? staff[who]!(child)
    : ((Object.entries(families[child] ?? {}).find(([, names]) => names.includes(who))?.[0] as
        Column | undefined) ?? 'stranger');

type Place = 'school' | 'afterSchool' | 'kindergarten';

/** What somebody is to a child where it is: staff of a school and of its after-school unit are two (SFO-10). */
export function standingAt(one: Somebody, child: string, unit: Place): Column {
  const standing = standingOf(one, child);
  if (one.as === 'guardian' || forTheMunicipality.includes(standing)) return standing;
  return (unit === 'afterSchool') === (standing === 'afterSchool') ? standing : 'elsewhere';
}

/** Everybody who asks about every child. */
export const everybody: readonly Somebody[] = [
  ...new Set(['staff.caseWorker', ...Object.values(families).flatMap((some) => Object.values(some).flat())]),
]
  .map((who): Somebody => ({ who, as: 'guardian' }))
  .concat(Object.keys(staff).map((who) => ({ who, as: 'staff' })));

type Named = Exclude<Column, 'machine' | 'signedOut'>;
export interface Representative extends Somebody {
  readonly child: string;
  readonly unit: Place;
}
const asking = (as: Somebody['as'], who: string, child: string, unit: Place = 'school'): Representative => ({
  ...{ as, who, child, unit },
});

/** One of each column, with the child and the unit they are it to: they ask what is not about one child, and change things. */
export const representatives: Readonly<Record<Named, Representative>> = {
  guardian: asking('guardian', 'F1.mother', 'F1.older'),
  mayNotFetch: asking('guardian', 'F12.father', 'F12.child'),
  restricted: asking('guardian', 'F7.father', 'F7.child'),
  held: asking('guardian', 'F6.mother', 'F6.child'),
  parent: asking('guardian', 'F2.father', 'F2.child'),
  sibling: asking('guardian', 'F3.mothersPartner', 'F3.shared'),
  stranger: asking('guardian', 'staff.caseWorker', 'F1.older'),
  child: asking('guardian', 'F13.pupil', 'F13.pupil'),
  leader: asking('staff', 'staff.schoolLeader', 'F7.child'),
  office: asking('staff', 'staff.schoolOffice', 'F1.older'),
  contactTeacher: asking('staff', 'staff.contactTeacher', 'F1.older'),
  teacher: asking('staff', 'staff.secondTeacher', 'F1.older'),
  assistant: asking('staff', 'staff.assistant', 'F1.older'),
  substitute: asking('staff', 'substitute', 'F1.older'),
  afterSchool: asking('staff', 'staff.afterSchoolWorker', 'F12.child', 'afterSchool'),
  kindergarten: asking('staff', 'staff.pedagogue', 'F1.younger', 'kindergarten'),
  named: asking('staff', 'staff.schoolOffice', 'F6.child'),
  unnamed: asking('staff', 'teacherOfTheHidden', 'F6.child'),
  leaderUnnamed: asking('staff', 'staff.schoolLeader', 'F6.child'),
  colleague: asking('staff', 'F11.father', 'F1.older'),
  elsewhere: asking('staff', 'staff.otherTeacher', 'F1.older'),
  former: asking('staff', 'staff.formerTeacher', 'F1.older'),
  caseWorker: asking('staff', 'staff.caseWorker', 'F4.child'),
  caseWorkerElsewhere: asking('staff', 'staff.caseWorker', 'F1.older'),
  officer: asking('staff', 'officer', 'F6.child'),
  officerElsewhere: asking('staff', 'officer', 'F1.older'),
  administrator: asking('staff', 'staff.administrator', 'F1.older'),
  auditor: asking('staff', 'auditor', 'F1.older'),
  archivist: asking('staff', 'archivist', 'F1.older'),
  support: asking('staff', 'support', 'F1.older'),
};
