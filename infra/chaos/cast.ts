import { buildPopulation, goldenStaff } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import type { Stack } from '../dev/stack.ts';

/** A golden child, as those see it who hold the responsibility for it. */
export interface Scenery {
  readonly childId: string;
  readonly unitId: string;
  readonly groupId: string;
}

interface Page {
  readonly viewer: {
    readonly id: string;
    readonly children: readonly {
      readonly id: string;
      readonly enrolments: readonly {
        readonly unit: { readonly id: string; readonly kind: string };
        readonly groups: readonly { readonly id: string }[];
      }[];
    }[];
  };
}
const page = `{ viewer { id children { id enrolments { unit { id kind } groups { id } } } } }`;

async function lookAround(who: Visitor): Promise<Page['viewer']> {
  const { data, codes } = await who.ask<Page>(page);
  if (data == null) throw new Error(`the run cannot begin: ${codes.join(', ')}`);
  return data.viewer;
}

/** Where the oldest pupil of a guardian is. */
async function sceneryOf(who: Visitor): Promise<Scenery> {
  for (const { id: childId, enrolments } of (await lookAround(who)).children)
    for (const { unit, groups } of enrolments)
      if (unit.kind === 'SCHOOL') return { childId, unitId: unit.id, groupId: groups[0]!.id };
  throw new Error('the run cannot begin: a guardian sees no pupil');
}

/** Everybody who acts while parts fail, signed in while all is well. */
export interface Cast {
  readonly gateway: string;
  /** F13: two who report of the same child, often the same day. */
  readonly reporters: readonly Visitor[];
  readonly pupil: Scenery;
  /** F7: whom a restriction closes out and lets in again. */
  readonly restricted: { readonly who: Visitor; readonly personId: string; readonly childId: string };
  /** F3: whose responsibility the register ends and gives back. */
  readonly responsible: { readonly who: Visitor; readonly childId: string };
  /** From another school: stands in with the pupil's class, and does not any more. */
  readonly substitute: { readonly who: Visitor; readonly login: string; readonly personId: string };
  readonly leader: Visitor;
  readonly administrators: readonly [Visitor, Visitor];
  readonly caseWorker: Visitor;
  /** Who ask questions about children: anybody may. */
  readonly askers: readonly Visitor[];
}

export async function assemble(stack: Stack): Promise<Cast> {
  const gateway = stack.urls['gateway']!;
  const guardian = (who: string): Promise<Visitor> => Visitor.signedIn(gateway, 'guardian', who);
  const staff = (who: keyof typeof goldenStaff): Promise<Visitor> =>
    Visitor.signedIn(gateway, 'staff', goldenStaff[who].number);
  const reporters = [await guardian('F13.mother'), await guardian('F13.father')];
  const [banned, moved] = [await guardian('F7.father'), await guardian('F3.father')];
  const substitute = await staff('otherTeacher');
  const { staff: employed } = buildPopulation({ children: 0, seed: 1 });
  return {
    gateway,
    reporters,
    pupil: await sceneryOf(reporters[0]!),
    restricted: {
      who: banned,
      personId: (await lookAround(banned)).id,
      childId: (await sceneryOf(banned)).childId,
    },
    responsible: { who: moved, childId: (await sceneryOf(moved)).childId },
    substitute: {
      who: substitute,
      login: employed.find(({ person }) => person === goldenStaff.otherTeacher)!.feide,
      personId: (await lookAround(substitute)).id,
    },
    leader: await staff('schoolLeader'),
    administrators: [await staff('administrator'), await staff('secondAdministrator')],
    caseWorker: await staff('caseWorker'),
    askers: await Promise.all(['F4.mother', 'F4.father', 'F5.mother'].map(guardian)),
  };
}
