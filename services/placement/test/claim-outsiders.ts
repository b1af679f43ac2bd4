import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { machine, people } from './families.ts';

/** Those who decide on no claim. */
export const notDeciding: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['the child’s own guardian', people.mother],
  ['the child’s guardian at work, who is a case worker (GUA-24)', staff(people.father.personId)],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(people.caseWorker.personId)],
  ['a protection officer, of a child who is not protected', people.officer],
  ['the leader of a unit that is wished for', people.leaderOfSolhaug],
  ['an administrator of the municipality', people.administrator],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];
