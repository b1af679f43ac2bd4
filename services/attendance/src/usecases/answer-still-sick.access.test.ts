import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { mayAnswerStillSick } from '../domain/policy.ts';

test('whether a child is still ill is answered by its guardians; staff report on their word (T09, ABS-02)', () => {
  const [mother, stranger] = [guardian('mother'), guardian('stranger')];
  const facts = { today: '2026-11-24', roles: [], enrolments: [], namedFor: [] };
  const may = (actor: Parameters<typeof mayAnswerStillSick>[0], guardianOf: readonly string[]) => () =>
    mayAnswerStillSick(actor, { ...facts, guardianOf }, 'ours');
  expect(may(stranger, [])).toThrow('Not found.');
  expect(may(stranger, ['theirs'])).toThrow('Not found.');
  expect(may(staff('mother'), ['ours'])).toThrow('Not found.');
  expect(may({ kind: 'service', name: 'identity' }, ['ours'])).toThrow('Not found.');
  expect(may(mother, ['ours'])).not.toThrow();
});
