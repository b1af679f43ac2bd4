import type { Group, Unit } from './model.ts';
import { departmentName, unitWord } from './names.ts';
import { organisationNumber } from './numbers.ts';

export const municipality: Unit = {
  sourceId: 'eier-310001236',
  kind: 'municipality',
  organisationNumber: '310001236',
  name: 'Tingvika kommune',
  parent: null,
};
/** A number that no municipality has. */
export const municipalityNumber = '4699';
export const feideRealm = 'tingvika.example';

export interface School {
  readonly unit: Unit;
  readonly afterSchool: Unit;
}

function school(number: string, name: string): School {
  const unit: Unit = {
    sourceId: `skole-${number}`,
    kind: 'school',
    organisationNumber: number,
    name: `${name} skole`,
    parent: municipality,
  };
  const afterSchool: Unit = {
    sourceId: `sfo-${number}`,
    kind: 'afterSchool',
    organisationNumber: null,
    name: `${name} SFO`,
    parent: unit,
  };
  return { unit, afterSchool };
}

function kindergarten(number: string, name: string): Unit {
  return {
    sourceId: `bhg-${number}`,
    kind: 'kindergarten',
    organisationNumber: number,
    name: `${name} barnehage`,
    parent: municipality,
  };
}

/** Two of each stand whatever the seed is: the golden children go there. */
export const goldenUnits = {
  school: school('310004561', 'Paraplyen'),
  otherSchool: school(organisationNumber('31000458') ?? '', 'Blyanten'),
  kindergarten: kindergarten('310007897', 'Trillebåra'),
  otherKindergarten: kindergarten(organisationNumber('31000790') ?? '', 'Knappenålen'),
} as const;

/** `count` different organisation numbers from a range of eight digits. */
function* organisationNumbers(from: number): Generator<string> {
  for (let eight = from; ; eight += 1) {
    const number = organisationNumber(String(eight));
    if (number !== null) yield number;
  }
}

export function schools(count: number): School[] {
  const list: School[] = [goldenUnits.school, goldenUnits.otherSchool];
  const numbers = organisationNumbers(31_010_001);
  for (let n = 0; list.length < count; n += 1) list.push(school(numbers.next().value as string, unitWord(n)));
  return list;
}

export function kindergartens(count: number): Unit[] {
  const list: Unit[] = [goldenUnits.kindergarten, goldenUnits.otherKindergarten];
  const numbers = organisationNumbers(31_020_001);
  for (let n = 0; list.length < count; n += 1)
    list.push(kindergarten(numbers.next().value as string, unitWord(n * 7 + 3)));
  return list;
}

export const letter = (n: number): string => String.fromCharCode(65 + n);

export function basisGroup(unit: Unit, level: number, n: number): Group {
  const name = `${level}${letter(n)}`;
  return { sourceId: `basis-${unit.organisationNumber ?? ''}-${name}`, kind: 'basis', name, unit };
}

export function contactGroup(unit: Unit, basis: Group, n: number): Group {
  return {
    sourceId: `kontakt-${unit.organisationNumber ?? ''}-${basis.name}-${n}`,
    kind: 'contactTeacher',
    name: `${basis.name} kontaktgruppe ${n}`,
    unit,
  };
}

export function department(unit: Unit, n: number): Group {
  return {
    sourceId: `avd-${unit.organisationNumber ?? ''}-${n + 1}`,
    kind: 'basis',
    name: departmentName(n),
    unit,
  };
}
