import { newId } from '@ranselpost/kit/ids';
import type { StaffActor } from '@ranselpost/kit/pure/actor';
import { confirmGrant } from '../usecases/confirm-grant.ts';
import { importRoster } from '../usecases/import-roster.ts';
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

/**
 * A school with two classes and its after-school unit, a kindergarten, another school. `ours` and `sibling` have a mother
 * and a father, `theirs` a mother, `hidden` is at a strictly protected address and both parents are confirmed by staff;
 * the mother of `theirs` is protected herself and shares the child with the father of `ours`.
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
  if (!imported.ok)
    throw new Error(`the roster was refused: ${imported.refusal.kind} in line ${imported.refusal.line}`);

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
  // Staff confirm what is held for protection, as they do after having asked.
  const officer: StaffActor = { kind: 'staff', personId: newId(), level: 'high' };
  const held = await h.database.admin<{ grant_id: string }[]>`
    select grant_id from access_grant where state <> 'ENDED' and holds = '{PROTECTION}'`;
  for (const { grant_id } of held) await confirmGrant(h.deps, officer, grant_id);
  const id = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await h.personOf(number[name])] as const)),
  ) as Record<Name, string>;
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
