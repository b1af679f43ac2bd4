/** A column of the matrix: who somebody is to a child and to the unit where it is. */
export const columns = {
  guardian: 'a guardian of the child (GUA-01)',
  mayNotFetch: 'a guardian who may see, and not fetch the child (GUA-12)',
  restricted: 'a parent who is kept away by the municipality, whatever the register says (GUA-12)',
  held: 'a holder whose access waits for staff: a hidden family’s, a grandmother’s (ADR-04, GUA-04)',
  parent: 'a parent without responsibility (GUA-02)',
  sibling: 'a guardian of the child’s half-sibling (GUA-02)',
  stranger: 'any other adult: a contact person, a neighbour, the guardian of a classmate (GUA-19)',
  child: 'the child itself',
  leader: 'the head of the child’s unit',
  office: 'the office of the child’s unit',
  contactTeacher: 'the contact teacher of the child’s class',
  teacher: 'another teacher of the child’s class',
  assistant: 'an assistant in the child’s class',
  substitute: 'somebody who stands in for a teacher of the child’s class',
  afterSchool: 'staff of the child’s after-school unit',
  kindergarten: 'the pedagogical leader of the child’s department',
  named: 'the office of a protected child’s school, named for the child (ADR-10)',
  unnamed: 'the contact teacher of a protected child, not named for it (ADR-10)',
  leaderUnnamed: 'the head of a protected child’s unit, not named for it (ADR-10)',
  colleague: 'a teacher of another class of the same school',
  elsewhere: 'staff of another unit',
  former: 'a teacher whose role has ended, and who is not let in any more',
  caseWorker: 'a case worker, where something is open',
  caseWorkerElsewhere: 'a case worker, where nothing is',
  officer: 'a protection officer, where somebody is protected or restricted',
  officerElsewhere: 'a protection officer, where nobody is',
  administrator: 'an administrator of the municipality',
  auditor: 'the privacy officer of the municipality',
  archivist: 'the archivist of the municipality',
  support: 'support',
  machine: 'an integrator’s system, approved for nothing yet',
  signedOut: 'nobody: without a session',
} as const;

export type Column = keyof typeof columns;
export const everyColumn = Object.keys(columns) as readonly Column[];

export const guardians: readonly Column[] = ['guardian', 'mayNotFetch'];
export const strangers: readonly Column[] = ['restricted', 'held', 'parent', 'sibling', 'stranger', 'child'];
/** Everybody who signs in as themselves. */
export const asThemselves: readonly Column[] = [...guardians, ...strangers];
/** Staff with the child in their charge. */
export const inCharge: readonly Column[] = [
  'leader',
  'office',
  'contactTeacher',
  'teacher',
  'assistant',
  'substitute',
  'afterSchool',
  'kindergarten',
  'named',
];
/** Staff at the child's unit, with the child in their charge or not. */
export const atTheUnit: readonly Column[] = [...inCharge, 'unnamed', 'leaderUnnamed', 'colleague'];
/** Staff who read a thread that a guardian of the child has begun. About a hidden child nobody can, while its guardians are held. */
export const tendTheThread: readonly Column[] = inCharge.filter((one) => one !== 'named');
/** Whoever reads such a thread. */
export const readsTheThread: readonly Column[] = [...guardians, ...tendTheThread];
export const leaders: readonly Column[] = ['leader', 'leaderUnnamed'];
const notInCharge: readonly Column[] = ['unnamed', 'leaderUnnamed', 'colleague', 'elsewhere', 'former'];
export const caseWorkers: readonly Column[] = ['caseWorker', 'caseWorkerElsewhere'];
export const officers: readonly Column[] = ['officer', 'officerElsewhere'];
export const forTheMunicipality: readonly Column[] = [
  ...caseWorkers,
  ...officers,
  'administrator',
  'auditor',
  'archivist',
  'support',
];
export const asStaff: readonly Column[] = [...inCharge, ...notInCharge, ...forTheMunicipality];
export const people: readonly Column[] = [...asThemselves, ...asStaff];
/** Whom the gateway opens nothing for. Somebody whose role has ended may still be on their way through it. */
export const notLetIn: readonly Column[] = ['former', 'signedOut'];
