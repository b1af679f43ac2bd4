import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import type { World } from './world.ts';

export type Outsider = readonly [string, (world: World) => Actor];

/** Everybody who must not see the unit of the child `ours`, and why. */
export const outsidersOfUnits: readonly Outsider[] = [
  ['a stranger', () => guardian(newId())],
  ['a guardian of another child', ({ id }) => guardian(id.grownMother)],
  ['a guardian signed in as staff', ({ id }) => staff(id.mother)],
  ['a teacher signed in as a guardian', ({ id }) => guardian(id.teacher)],
  ['the leader of another school', ({ id }) => staff(id.otherLeader)],
  ['a teacher whose role has ended', ({ id }) => staff(id.former)],
  ['a teacher of the school without a class', ({ id }) => staff(id.subject)],
  ['kindergarten staff', ({ id }) => staff(id.pedagogue)],
  ['a protection officer, of a child that is not protected', ({ id }) => staff(id.officer)],
  ['a case worker, of a child with nothing open', ({ id }) => staff(id.caseWorker)],
  ['a machine', () => ({ kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] })],
  ['one of our services', () => ({ kind: 'service', name: 'gateway' })],
];

/** Everybody who must not see the child itself or its class. Administrators know of units, and of nobody who is there. */
export const outsiders: readonly Outsider[] = [
  ...outsidersOfUnits,
  ['an administrator of the municipality', ({ id }) => staff(id.administrator)],
];
