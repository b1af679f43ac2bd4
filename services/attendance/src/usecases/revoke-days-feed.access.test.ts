import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { mayHaveDaysFeed } from '../domain/policy.ts';

test('an address is taken back by a guardian of the child; whose it is, the table says (GUA-20)', () => {
  const facts = { today: '2026-11-24', roles: [], enrolments: [], namedFor: [] };
  const may = (actor: Parameters<typeof mayHaveDaysFeed>[0], guardianOf: readonly string[]) => () =>
    mayHaveDaysFeed(actor, { ...facts, guardianOf }, 'ours');
  expect(may(guardian('mother'), [])).toThrow('Not found.');
  expect(may(staff('mother'), ['ours'])).toThrow('Not found.');
  expect(may(guardian('mother'), ['ours'])).not.toThrow();
});
