import { newId } from '@ranselpost/kit/ids';
import { staff as signedIn } from '@ranselpost/kit/testing/actors';
import type { MunicipalRole } from '../domain/municipal-roles.ts';
import type { Proposal } from '../domain/proposals.ts';
import { appoint } from '../usecases/appoint.ts';
import { assignRole } from '../usecases/assign-role.ts';
import { confirmGrant } from '../usecases/confirm-grant.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import { importRoster } from '../usecases/import-roster.ts';
import { nameStaff } from '../usecases/name-staff.ts';
import { type Harness, harness, heldBy } from './harness.ts';
import { aNumber } from './numbers.ts';
import { type TestRoster, rosterFile } from './roster.ts';

const names = [
  ...['ours', 'sibling', 'theirs', 'hidden', 'grown'],
  ...['mother', 'father', 'otherMother', 'hiddenMother', 'hiddenFather', 'grownMother'],
  ...[
    'leader',
    'otherLeader',
    'teacher',
    'teacherOfB',
    'assistant',
    'office',
    'afterSchool',
    'pedagogue',
    'former',
    'subject',
  ],
  ...['administrator', 'secondAdministrator', 'officer', 'secondOfficer', 'caseWorker', 'secondCaseWorker'],
] as const;
export type Name = (typeof names)[number];

export interface World extends Harness {
  readonly number: Readonly<Record<Name, string>>;
  readonly id: Readonly<Record<Name, string>>;
  readonly unit: Readonly<Record<string, string>>;
  readonly group: Readonly<Record<string, string>>;
}

const child = (person: string, ...targets: readonly string[]) =>
  targets.map((target) => ({ person, target, role: '01' }));
const staff = (person: string, role: string, ...targets: readonly string[]) =>
  targets.map((target) => ({ person, target, role }));

/** People of the municipality, at no unit. */
const atNoUnit = [
  'administrator',
  'secondAdministrator',
  'officer',
  'secondOfficer',
  'caseWorker',
  'secondCaseWorker',
] as const;

/**
 * A school with two classes and its after-school unit, a kindergarten, another school. `ours` and `sibling` have a mother
 * and a father, `theirs` a mother, `hidden` is at a strictly protected address and both parents are confirmed by staff;
 * the mother of `theirs` is protected herself and shares the child with the father of `ours`. The contact teacher of either
 * is named for it, and nobody else of the staff.
 */
export function familiarRoster(number: Readonly<Record<Name, string>>): TestRoster {
  const employed = [
    'leader',
    'otherLeader',
    'teacher',
    'teacherOfB',
    'assistant',
    'office',
    'afterSchool',
    'pedagogue',
    'former',
    'subject',
    'father',
    ...atNoUnit,
  ];
  return {
    persons: [
      ...(['ours', 'sibling', 'theirs', 'hidden', 'grown'] as const).map((key) => ({
        key,
        number: number[key],
      })),
      ...employed.map((key) => ({ key, number: number[key as Name], feide: `${key}@Tingvika.example` })),
    ],
    groups: [
      { key: 'owner', kind: 'owner', parent: 'owner' },
      { key: 'school', kind: 'school', parent: 'owner', name: 'Paraplyen skole' },
      { key: 'sfo', kind: 'sfo', parent: 'school', name: 'Paraplyen SFO' },
      { key: 'other', kind: 'school', parent: 'owner', name: 'Blyanten skole' },
      { key: 'nursery', kind: 'kindergarten', parent: 'owner', name: 'Trillebåra barnehage' },
      { key: '3A', kind: 'basis', parent: 'school' },
      { key: '3B', kind: 'basis', parent: 'school' },
      { key: '3A-1', kind: 'contact', parent: 'school' },
      { key: 'blue', kind: 'basis', parent: 'nursery' },
      { key: 'council', kind: 'council', parent: 'school' },
    ],
    places: [
      ...child('ours', 'school', '3A', '3A-1', 'sfo'),
      ...child('sibling', 'nursery', 'blue'),
      ...child('theirs', 'school', '3B'),
      ...child('hidden', 'school', '3A'),
      ...child('grown', 'other'),
      ...staff('leader', '05', 'school'),
      ...staff('otherLeader', '05', 'other'),
      ...staff('teacher', '02', 'school'),
      ...staff('teacher', '06', '3A', '3A-1'),
      ...staff('teacherOfB', '06', '3B'),
      ...staff('assistant', '08', 'school', '3A'),
      ...staff('office', '07', 'school'),
      ...staff('afterSchool', '08', 'sfo'),
      ...staff('pedagogue', '06', 'blue'),
      // Employed at the school and in charge of nobody there.
      ...staff('subject', '02', 'school'),
      // F11: the father of two children teaches one of them.
      ...staff('father', '02', '3A'),
      { person: 'former', target: '3A', role: '06', from: '2020-08-01', until: '2026-06-30' },
    ],
  };
}

/** Everything in its place: the roster imported, everybody read, held grants of the hidden child confirmed. */
export async function openWorld(): Promise<World> {
  const h = await harness();
  const number = Object.fromEntries(names.map((name) => [name, aNumber()])) as Record<Name, string>;
  const imported = await importRoster(h.deps, rosterFile(familiarRoster(number)), { mayEndMuch: false });
  if (!imported.ok) throw new Error(`the roster was refused: ${JSON.stringify(imported.refusal)}`);

  const born = { birthDate: '2018-06-21' };
  const named = (given: string) => ({ name: { given, middle: null, family: 'SYKKELPUMPE' } });
  await h.register(
    {
      number: number.ours,
      ...born,
      ...named('KULERUND'),
      responsibilities: heldBy('felles', number.mother, number.father),
    },
    {
      number: number.sibling,
      ...born,
      ...named('PRIKKETE'),
      responsibilities: heldBy('felles', number.mother, number.father),
    },
    {
      number: number.theirs,
      ...born,
      ...named('SVAL'),
      responsibilities: heldBy('felles', number.otherMother, number.father),
    },
    {
      number: number.hidden,
      ...born,
      ...named('MYK'),
      protection: 'STRENGT_FORTROLIG',
      responsibilities: heldBy('felles', number.hiddenMother, number.hiddenFather),
    },
    {
      number: number.grown,
      birthDate: '2008-11-21',
      ...named('SENDREKTIG'),
      responsibilities: heldBy('mor', number.grownMother),
    },
  );
  await h.register(
    { number: number.mother, ...named('BRED') },
    { number: number.father, ...named('SINDIG') },
    { number: number.otherMother, ...named('LUN'), protection: 'FORTROLIG' },
    { number: number.hiddenMother, ...named('STØDIG'), protection: 'STRENGT_FORTROLIG' },
    { number: number.hiddenFather, ...named('RØFF') },
  );
  const id = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await h.personOf(number[name])] as const)),
  ) as Record<Name, string>;
  await giveRoles(h, id);
  // Staff confirm what is held for protection, as they do after having asked.
  const held = await h.database.admin<{ grant_id: string }[]>`
    select grant_id from access_grant where state <> 'ENDED' and cardinality(holds) > 0 and holds <@ '{PROTECTION_FORTROLIG,PROTECTION_STRENGT_FORTROLIG}'`;
  for (const { grant_id } of held) {
    const proposal = await made(
      confirmGrant(h.deps, signedIn(id.officer), grant_id, asked('Spoken with the police')),
    );
    if (proposal.outcome === null)
      await made(approveProposal(h.deps, signedIn(id.secondOfficer), proposal.proposalId));
  }
  await name(h, id, 'teacherOfB', 'theirs');
  await name(h, id, 'teacher', 'hidden');
  const keyed = async (table: string, column: string) =>
    Object.fromEntries(
      (await h.database.admin.unsafe(`select source_key, ${column} as id from ${table}`)).map((row) => [
        row['source_key'] as string,
        row['id'] as string,
      ]),
    );
  return {
    ...h,
    number,
    id,
    unit: await keyed('unit', 'unit_id'),
    group: await keyed('child_group', 'group_id'),
  };
}

/** What somebody asks to be decided, under a key that nobody has used. */
export const asked = (reason: string | null = 'As the papers say', idempotencyKey: string = newId()) => ({
  idempotencyKey,
  reason,
  question: { reason },
});

/** What was decided; throws where it was refused. */
export async function made(
  decision: Promise<
    | { readonly ok: true; readonly value: Proposal }
    | { readonly ok: false; readonly refusal: { readonly kind: string } }
  >,
): Promise<Proposal> {
  const result = await decision;
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`);
  return result.value;
}

/** Officers let a member of staff see a protected child from August on. */
async function name(
  h: Harness,
  id: Readonly<Record<Name, string>>,
  staffName: Name,
  childName: Name,
): Promise<void> {
  const wish = {
    childId: id[childName],
    login: `${staffName}@tingvika.example`,
    from: '2026-08-01',
    to: '2027-08-01',
  };
  const proposal = await made(nameStaff(h.deps, signedIn(id.officer), wish, asked()));
  if (proposal.outcome === null)
    await made(approveProposal(h.deps, signedIn(id.secondOfficer), proposal.proposalId));
}

/** The first come by the operator, the others by two of these. They are kept on for ever: no test waits for a year. */
async function giveRoles({ database, deps }: Harness, id: Readonly<Record<Name, string>>): Promise<void> {
  for (const name of ['administrator', 'secondAdministrator'] as const)
    await appoint(deps, `${name}@tingvika.example`, 'MUNICIPAL_ADMINISTRATOR');
  const given: readonly (readonly [Name, MunicipalRole])[] = [
    ['officer', 'PROTECTION_OFFICER'],
    ['secondOfficer', 'PROTECTION_OFFICER'],
    ['caseWorker', 'CASE_WORKER'],
    ['secondCaseWorker', 'CASE_WORKER'],
  ];
  for (const [name, role] of given) {
    const wish = { login: `${name}@tingvika.example`, role, from: '2026-08-01', to: '2027-08-01' };
    const { proposalId } = await made(assignRole(deps, signedIn(id.administrator), wish, asked()));
    await made(approveProposal(deps, signedIn(id.secondAdministrator), proposalId));
  }
  await database.admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update municipal_role set to_day = '2999-01-01'`;
  });
}
