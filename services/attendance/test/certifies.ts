import type { Actor } from '@ranselpost/kit/pure/actor';
import { expect } from 'vitest';
import { type CountFacts, mayFollowUp } from '../src/domain/counting-policy.ts';
import { guardianOfOurs, inRole, leaveFacts, ours, worker } from './leave-facts.ts';

const atSchool = (...roles: readonly CountFacts['roles'][number][]): CountFacts => ({
  ...leaveFacts(...roles),
  schoolIds: new Set(['school']),
});

/** Who may do something is the leader of the pupil's school, and never its guardian or any class staff (ABS-07, T23, GUA-24, ADR-10). */
export function expectTheLeaderAlone(
  may: (actor: Actor, facts: CountFacts, childId: string) => unknown,
): void {
  const leads = inRole('LEADER', null);
  for (const role of ['ADMINISTRATOR', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'CONTACT_TEACHER'])
    expect(() => may(worker, atSchool(inRole(role, '2A')), ours.childId)).toThrow('Not found.');
  for (const facts of [
    atSchool({ ...leads, unitId: 'elsewhere' }),
    atSchool({ ...leads, to: '2026-09-01' }),
    { ...atSchool(leads), ownChildIds: ['ours'] },
    // The leader of after-school care (SFO-10).
    { ...atSchool(leads), schoolIds: new Set<string>() },
  ])
    expect(() => may(worker, facts, ours.childId)).toThrow('Not found.');
  expect(() => may(guardianOfOurs, { ...atSchool(leads), guardianOf: ['ours'] }, ours.childId)).toThrow(
    'Not found.',
  );
  // Of a protected child, whoever is named.
  expect(() => may(worker, atSchool(leads), 'theirs')).toThrow('Not found.');
  const named = [{ childId: 'theirs', from: '2026-08-01', to: '2027-08-01' }];
  expect(may(worker, { ...atSchool(leads), namedFor: named }, 'theirs')).toMatchObject({ unitId: 'school' });
  expect(may(worker, atSchool(leads), ours.childId)).toEqual({ personId: 'worker', unitId: 'school' });
}

/** A case is followed up by the leader of the school and the contact teacher of the class, by nobody else (T15, SFO-10, ADR-10). */
export function expectWhoFollowsUp(): void {
  const may =
    (facts: CountFacts, actor: Actor = worker) =>
    () =>
      mayFollowUp(actor, facts, ours.childId);
  const teaches = inRole('CONTACT_TEACHER', '2A');
  for (const facts of [
    ...['ADMINISTRATOR', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL'].map((role) => atSchool(inRole(role, '2A'))),
    atSchool(inRole('CONTACT_TEACHER', '2B')),
    atSchool(inRole('CONTACT_TEACHER', null)),
    { ...atSchool(teaches), ownChildIds: ['ours'] },
    { ...atSchool(teaches), schoolIds: new Set<string>() },
  ])
    expect(may(facts)).toThrow('Not found.');
  expect(may({ ...atSchool(teaches), guardianOf: ['ours'] }, guardianOfOurs)).toThrow('Not found.');
  expect(() => mayFollowUp(worker, atSchool(teaches), 'theirs')).toThrow('Not found.');
  for (const role of [teaches, inRole('LEADER', null)])
    expect(may(atSchool(role))()).toEqual({ personId: 'worker', unitId: 'school' });
}
