import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { machine, people } from './families.ts';

/** Those who may not apply for a child of the mother and the father, whatever else they are. */
export const notResponsible: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whom staff let in to another child by hand', people.byHand],
  ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
  ['a case worker (S-20)', people.caseWorker],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(people.caseWorker.personId)],
  ['a protection officer', people.officer],
  ['the leader of a unit that is wished for', people.leaderOfSolhaug],
  ['a teacher', people.teacher],
  ['an administrator of the municipality', people.administrator],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

/** Whether something was done, or the code of the failure. */
export const outcomeOf = (attempt: Promise<{ readonly ok: boolean }>): Promise<string> =>
  attempt.then(
    ({ ok }) => (ok ? 'permitted' : 'refused'),
    (error: { code?: string }) => error.code ?? 'failed',
  );

/** `stored`, or that row-level security has barred it. */
export const storing = (attempt: Promise<readonly unknown[]>): Promise<string> =>
  attempt.then(
    (rows) => (rows.length > 0 ? 'stored' : 'nothing'),
    (error: { cause?: { code?: string } }) => (error.cause?.code === '42501' ? 'barred' : 'failed'),
  );
