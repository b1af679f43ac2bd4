import { describe, expect, test } from 'vitest';
import { haveEnded } from './role-end.ts';

const today = '2026-11-21';
const over = { from: '2026-08-01', to: '2026-11-01' };
const until = (to: string | null) => ({ from: '2026-08-01', to });

describe('the roles of a member of staff', () => {
  test.each([
    ['the only one has ended', [over]],
    ['the last of two has ended', [over, until('2026-11-20')]],
    ['the last day was yesterday: days are half-open', [until(today)]],
    ['the next one begins later', [over, { from: '2026-12-01', to: null }]],
    ['they have gone to another id', []],
  ])('have ended when %s', (_why, roles) => {
    expect(haveEnded(roles, today)).toBe(true);
  });

  test.each([
    ['one has no end', [until(null)]],
    ['one of two goes on', [over, until(null)]],
    ['today is the last day', [until('2026-11-22')]],
    ['one begins today', [over, { from: today, to: null }]],
    ['the first of all is still to begin', [{ from: '2026-12-01', to: null }]],
  ])('have not ended when %s', (_why, roles) => {
    expect(haveEnded(roles, today)).toBe(false);
  });
});
