import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { maySetStay } from '../domain/register-policy.ts';

test('a survey is answered by guardians of the child, and by staff who are with it (T19, GUA-20)', () => {
  const facts = { today: '2026-11-24', guardianOf: [] as string[], namedFor: [] };
  const held = { unitId: 'k', groupId: 'g', from: '2020-08-01', to: null };
  const place = { childId: 'ours', unitId: 'k', groupIds: ['g'], from: '2020-08-01', to: null };
  const may =
    (actor: Parameters<typeof maySetStay>[0], given: object, isProtected = false) =>
    () =>
      maySetStay(
        actor,
        { ...facts, roles: [], enrolments: [{ ...place, isProtected }], ...given },
        'k',
        'ours',
      );
  expect(may(guardian('stranger'), {})).toThrow('Not found.');
  expect(may(staff('mother'), { guardianOf: ['ours'] })).toThrow('Not found.');
  expect(may(staff('office'), { roles: [{ ...held, role: 'ADMINISTRATOR' }] })).toThrow('Not found.');
  expect(may(staff('next door'), { roles: [{ ...held, groupId: 'h', role: 'KINDERGARTEN' }] })).toThrow();
  const worker = { roles: [{ ...held, role: 'KINDERGARTEN' }] };
  expect(may(staff('worker'), worker, true)).toThrow('Not found.');
  expect(may(staff('worker'), worker)).not.toThrow();
  expect(may(guardian('mother'), { guardianOf: ['ours'] })).not.toThrow();
});
