import { describe, expect, test } from 'vitest';
import {
  today,
  grant,
  documented,
  restriction,
  nothingElse,
  says,
  decide,
  after,
  steps,
} from '../testing/grants.ts';
import type { Hold } from './guardianship.ts';
import { openProblems } from './work-items.ts';

describe('a restriction (GUA-12, S-03)', () => {
  const banned = { restrictions: [restriction('father')] };
  const both = says({ mother: [], father: [] });

  test('closes whoever it names and nobody else, also whom the register names again, and opens no work item', () => {
    expect(steps([grant('mother'), grant('father')], both, undefined, banned)).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    expect(steps([], both, undefined, banned)).toEqual([
      'mother: null → ACTIVE (REGISTER_SAYS_SO)',
      'father: null → PENDING (RESTRICTED)',
    ]);
    const closed = grant('father', { state: 'SUSPENDED', holds: ['RESTRICTED'] });
    expect(decide([grant('mother'), closed], both, undefined, banned)).toEqual([]);
    expect(openProblems(both, [closed], { ...nothingElse, ...banned }, today)).toEqual([]);
  });

  test('closes on every ground: what staff gave by document, and whoever waits to be read again', () => {
    expect(steps([documented('father')], says({}), undefined, banned)).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    const unread = says({}, { isUnread: true });
    const [waiting] = decide([grant('father')], unread, undefined, banned);
    expect(waiting!.grant).toMatchObject({ state: 'SUSPENDED', holds: ['RESTRICTED', 'AWAITING_REGISTER'] });
    expect(decide([waiting!.grant], unread)[0]!.grant.holds).toEqual(['AWAITING_REGISTER']);
  });

  test('gives access back when it is lifted, to whoever nothing else holds', () => {
    const closed = (holds: readonly Hold[]) => grant('father', { state: 'SUSPENDED', holds });
    expect(
      steps([closed(['RESTRICTED'])], says({ father: [] }), undefined, { opening: 'RESTRICTION_LIFTED' }),
    ).toEqual(['father: SUSPENDED → ACTIVE (RESTRICTION_LIFTED)']);
    expect(
      after(closed(['RESTRICTED']), decide([closed(['RESTRICTED'])], says({ father: ['D_NUMBER'] }))),
    ).toMatchObject({ state: 'SUSPENDED', holds: ['D_NUMBER'] });
    // It never gives what there was not before: nobody is named, nobody has access (S-03).
    expect(decide([], says({}), undefined, banned)).toEqual([]);
  });

  test('on fetching closes nothing', () => {
    const more = { restrictions: [restriction('father', { kind: 'MAY_NOT_FETCH', closesAccess: false })] };
    expect(decide([grant('mother'), grant('father')], both, undefined, more)).toEqual([]);
  });

  test('by care order closes responsibility in every form, and neither carer nor appointed guardian (GUA-15, F8)', () => {
    const order = { restrictions: [restriction(null)] };
    const known = [
      grant('mother'),
      documented('father'),
      documented('foster', { basis: 'DAILY_CARER' }),
      documented('verge', { basis: 'APPOINTED_GUARDIAN' }),
    ];
    expect(steps(known, says({ mother: [] }), undefined, order)).toEqual([
      'mother: ACTIVE → SUSPENDED (RESTRICTED)',
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    const keeping = { restrictions: [restriction(null, { closesAccess: false })] };
    expect(decide(known, says({ mother: [] }), undefined, keeping)).toEqual([]);
  });

  test('that is lifted ends the access of daily carers, which rests on it (GUA-15)', () => {
    const carer = documented('foster', { basis: 'DAILY_CARER' });
    expect(steps([carer], says({}))).toEqual(['foster: ACTIVE → ENDED (CARE_ORDER_LIFTED)']);
    expect(steps([carer], says({}), undefined, banned)).toEqual([
      'foster: ACTIVE → ENDED (CARE_ORDER_LIFTED)',
    ]);
  });

  test('is to be looked at again on its day, and does not end', () => {
    const due = [restriction('father', { reviewOn: today })];
    expect(openProblems(both, [], { ...nothingElse, restrictions: due }, today)).toEqual([
      'RESTRICTION_REVIEW',
    ]);
    const later = [restriction('father', { reviewOn: '2026-11-22' })];
    expect(openProblems(both, [], { ...nothingElse, restrictions: later }, today)).toEqual([]);
    expect(steps([grant('father')], says({ father: [] }), undefined, { restrictions: due })).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
  });
});
