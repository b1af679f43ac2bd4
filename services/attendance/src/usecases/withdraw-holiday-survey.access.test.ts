import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { mayLead } from '../domain/register-policy.ts';

test('a survey is taken back by the leader of the whole unit (T19)', () => {
  const facts = { today: '2026-11-24', guardianOf: ['ours'], enrolments: [], namedFor: [] };
  const held = { unitId: 'k', groupId: null, from: '2020-08-01', to: null };
  const may =
    (role: object, actor: Actor = staff('worker')) =>
    () =>
      mayLead(actor, { ...facts, roles: [{ ...held, role: 'LEADER', ...role }] }, 'k');
  expect(may({ role: 'KINDERGARTEN' })).toThrow('Not found.');
  expect(may({ unitId: 'elsewhere' })).toThrow('Not found.');
  expect(may({ groupId: 'g' })).toThrow('Not found.');
  expect(may({}, guardian('mother'))).toThrow('Not found.');
  expect(may({})).not.toThrow();
});
