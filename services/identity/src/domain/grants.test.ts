import { describe, expect, test } from 'vitest';
import {
  today,
  grant,
  documented,
  nothingElse,
  says,
  readAdult,
  decide,
  confirm,
  after,
  steps,
} from '../testing/grants.ts';
import { type Grant, type GrantState, decideConfirmation, decideLoss } from './grants.ts';
import type { Derivation, Hold } from './guardianship.ts';
import { openProblems } from './work-items.ts';

describe('the life of a grant (GUA-06)', () => {
  test('is suspended while the register cannot be read, whatever its ground, and comes back by itself (GUA-01, S-02)', () => {
    const doubts: readonly Hold[] = ['REGISTER_UNREADABLE'];
    const known = [grant('mother'), documented('foster')];
    const held = decide(known, says({ mother: doubts }, { doubts })).map((change) => change.grant);
    expect(held.map(({ personId, state, holds }) => `${personId} ${state} ${holds.join()}`)).toEqual([
      'mother SUSPENDED REGISTER_UNREADABLE',
      'foster SUSPENDED REGISTER_UNREADABLE',
    ]);
    expect(decideConfirmation(held[0]!, { confirmationId: 'd', today })).toEqual({
      ...{ ok: false, refusal: { kind: 'cannot-be-let-through' } },
    });
    expect(steps(held, says({ mother: [] }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
      'foster: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
  });

  test('is suspended for a split until staff let it through, whatever its ground (FREG-09)', () => {
    const adults = new Map(['mother', 'foster'].map((id) => [id, readAdult(id, { wasSplit: true })]));
    const split = (known: readonly Grant[]) =>
      decide(known, says({ mother: ['SPLIT'] }), 'NOT_RESPONSIBLE', { adults });
    const held = split([grant('mother'), documented('foster')]).map((change) => change.grant);
    expect(held.map(({ state, holds }) => `${state} ${holds.join()}`)).toEqual([
      'SUSPENDED SPLIT',
      'SUSPENDED SPLIT',
    ]);
    expect(split(held)).toEqual([]);
    const open = split(held.map((one) => confirm(one)));
    expect(open.map((change) => change.grant.state)).toEqual(['ACTIVE', 'ACTIVE']);
    expect(split(open.map((change) => change.grant))).toEqual([]);
  });

  test('begins active where nothing holds it, and pending where something does', () => {
    expect(steps([], says({ mother: [], father: ['D_NUMBER'] }))).toEqual([
      'mother: null → ACTIVE (REGISTER_SAYS_SO)',
      'father: null → PENDING (D_NUMBER)',
    ]);
  });

  test('does nothing when nothing has changed', () => {
    expect(decide([grant('mother')], says({ mother: [] }))).toEqual([]);
    expect(
      decide([grant('mother', { state: 'PENDING', holds: ['D_NUMBER'] })], says({ mother: ['D_NUMBER'] })),
    ).toEqual([]);
  });

  test('goes on when what held it is gone', () => {
    const held = grant('mother', { state: 'PENDING', holds: ['D_NUMBER'] });
    expect(steps([held], says({ mother: [] }))).toEqual(['mother: PENDING → ACTIVE (REGISTER_SAYS_SO)']);
  });

  test('is suspended by protection, and let through at that level and the lesser, never at a higher (ADR-04)', () => {
    const at = (level: 'FORTROLIG' | 'STRENGT_FORTROLIG') => says({ mother: [`PROTECTION_${level}`] });
    const [suspended] = decide([grant('mother')], at('FORTROLIG'));
    expect(suspended).toMatchObject({
      from: 'ACTIVE',
      reason: 'PROTECTION_FORTROLIG',
      grant: { state: 'SUSPENDED' },
    });
    const confirmed = confirm(suspended!.grant);
    expect(confirmed).toMatchObject({ confirmedFor: ['PROTECTION_FORTROLIG'], decidedUntil: null });
    const open = after(confirmed, decide([confirmed], at('FORTROLIG')));
    expect(open.state).toBe('ACTIVE');
    expect(decide([open], at('FORTROLIG'))).toEqual([]);
    expect(steps([open], at('STRENGT_FORTROLIG'))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_STRENGT_FORTROLIG)',
    ]);
    const strict = grant('mother', { confirmedFor: ['PROTECTION_STRENGT_FORTROLIG'] });
    const lesser = after(strict, decide([strict], at('FORTROLIG')));
    expect(lesser).toMatchObject({ state: 'ACTIVE', confirmedFor: ['PROTECTION_FORTROLIG'] });
    expect(steps([lesser], at('STRENGT_FORTROLIG'))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_STRENGT_FORTROLIG)',
    ]);
  });

  test('is held anew for what staff have not looked at, also when it is the same thing once more (ADR-13)', () => {
    const confirmed = grant('mother', { confirmedFor: ['GIVEN_TO_OTHERS'] });
    expect(steps([confirmed], says({ mother: ['GIVEN_TO_OTHERS', 'PROTECTION_FORTROLIG'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
    const [spent] = decide(
      [grant('mother', { confirmedFor: ['PROTECTION_FORTROLIG'] })],
      says({ mother: [] }),
    );
    expect(spent!.grant.confirmedFor).toEqual([]);
    expect(steps([spent!.grant], says({ mother: ['PROTECTION_FORTROLIG'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
  });

  test.each(['D_NUMBER', 'FALSE_IDENTITY', 'BIRTH_DATE_MISSING', 'NOT_IN_REGISTER'] as const)(
    'that was let through for %s is so for ninety days, and held again from then on (GUA-05)',
    (hold) => {
      const confirmed = confirm(grant('mother', { state: 'PENDING', holds: [hold] }));
      expect(confirmed.decidedUntil).toBe('2027-02-19');
      expect(confirmed.endsOn).toBe('2027-02-19');
      const open = after(confirmed, decide([confirmed], says({ mother: [hold] })));
      expect(open).toMatchObject({ state: 'ACTIVE', endsOn: '2027-02-19' });
      const later = (day: string) =>
        decide([open], says({ mother: [hold] }), undefined, { today: day }).map(
          ({ grant: { state, holds } }) => [state, holds],
        );
      expect(later('2027-02-18')).toEqual([]);
      expect(later('2027-02-19')).toEqual([['SUSPENDED', [hold]]]);
      // What the register settles meanwhile has no such end.
      expect(after(open, decide([open], says({ mother: [] })))).toMatchObject({
        state: 'ACTIVE',
        confirmedFor: [],
        endsOn: '2036-06-21',
      });
    },
  );

  test('does not stop for a newcomer who is still being read (GUA-03)', () => {
    expect(
      steps([grant('mother')], says({ mother: ['AWAITING_REGISTER'], father: ['AWAITING_REGISTER'] })),
    ).toEqual(['father: null → PENDING (AWAITING_REGISTER)']);
  });

  test('is suspended in doubt and comes back with it cleared', () => {
    const [doubt] = decide([grant('mother')], says({}, { inDoubt: ['mother'], problems: ['CONTRADICTORY'] }));
    expect(doubt).toMatchObject({ from: 'ACTIVE', reason: 'UNCLEAR', grant: { state: 'SUSPENDED' } });
    expect(steps([doubt!.grant], says({ mother: [] }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
  });

  test('that was lost before a restore comes back by staff alone, whatever the register says (S-27)', () => {
    const { grant: lost } = decideLoss(grant('mother'));
    expect(lost).toMatchObject({ state: 'SUSPENDED', holds: ['LOST_BEFORE_RESTORE'] });
    expect(steps([lost], says({ mother: [] }))).toEqual([]);
    expect(decide([lost], says({}, { isUnread: true }))[0]!.grant.holds).toContain('LOST_BEFORE_RESTORE');
    const [named] = decide([{ ...lost, confirmedFor: ['LOST_BEFORE_RESTORE'] }], says({ mother: [] }));
    expect(named!.grant).toMatchObject({ state: 'ACTIVE', confirmedFor: ['LOST_BEFORE_RESTORE'] });
    expect(decide([named!.grant], says({ mother: [] }))).toEqual([]);
    // Of another restore nobody has said anything yet.
    expect(decideLoss(named!.grant).grant).toMatchObject({ state: 'SUSPENDED', confirmedFor: [] });
    expect(steps([lost], says({}))).toEqual(['mother: SUSPENDED → ENDED (NOT_RESPONSIBLE)']);
  });

  test('waits while the child has to be read again, and keeps what staff confirmed (S-02, S-27)', () => {
    const unread = says({}, { isUnread: true });
    const held: readonly Hold[] = ['PROTECTION_FORTROLIG'];
    const known = grant('mother', { confirmedFor: held });
    const [waiting] = decide([known], unread);
    expect(waiting).toMatchObject({
      from: 'ACTIVE',
      reason: 'AWAITING_REGISTER',
      grant: { state: 'SUSPENDED' },
    });
    expect(decide([waiting!.grant], unread)).toEqual([]);
    expect(decideConfirmation(waiting!.grant, { confirmationId: 'd', today }).ok).toBe(false);
    expect(steps([waiting!.grant], says({ mother: held }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([waiting!.grant], says({ father: [] }))).toEqual([
      'mother: SUSPENDED → ENDED (NOT_RESPONSIBLE)',
      'father: null → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([known], unread, 'MERGED')).toEqual(['mother: ACTIVE → ENDED (MERGED)']);
    expect(steps([documented('foster')], unread)).toEqual([]);
  });

  test.each(['DIED', 'MERGED', 'NOT_RESPONSIBLE'] as const)(
    'ends when the register does not name the person: %s',
    (why) => {
      expect(steps([grant('mother')], says({}), why)).toEqual([`mother: ACTIVE → ENDED (${why})`]);
    },
  );

  test('ends at eighteen, whatever the ground, and none begins after (GUA-14)', () => {
    const of = says({}, { endsOn: today });
    expect(steps([grant('mother'), documented('foster')], of)).toEqual([
      'mother: ACTIVE → ENDED (CAME_OF_AGE)',
      'foster: ACTIVE → ENDED (CAME_OF_AGE)',
    ]);
  });

  test('on a manual ground is not the register’s to end, unless the person has died (GUA-05, GUA-11)', () => {
    expect(decide([documented('foster')], says({ mother: [] })).filter(({ from }) => from !== null)).toEqual(
      [],
    );
    for (const why of ['DIED', 'MERGED'] as const)
      expect(steps([documented('foster')], says({}), why)).toEqual([`foster: ACTIVE → ENDED (${why})`]);
  });

  test.each<[GrantState, readonly Hold[], string]>([
    ['ACTIVE', [], 'not-held'],
    ['ENDED', [], 'not-held'],
    ['PENDING', ['AWAITING_REGISTER'], 'cannot-be-let-through'],
    ['SUSPENDED', ['UNCLEAR'], 'cannot-be-let-through'],
    ['PENDING', ['D_NUMBER', 'AWAITING_REGISTER'], 'cannot-be-let-through'],
    ['SUSPENDED', ['RESTRICTED'], 'cannot-be-let-through'],
    ['SUSPENDED', ['RESTRICTED', 'PROTECTION_FORTROLIG'], 'cannot-be-let-through'],
  ])('cannot be confirmed when it is %s with %j', (state, holds, kind) => {
    expect(decideConfirmation(grant('mother', { state, holds }), { confirmationId: 'd', today })).toEqual({
      ok: false,
      refusal: { kind },
    });
  });

  test('leaves one thing of a kind for staff to look at, and nothing that the register will settle itself', () => {
    const pending = grant('mother', {
      state: 'PENDING',
      holds: ['PROTECTION_FORTROLIG', 'AWAITING_REGISTER', 'RESTRICTED'],
    });
    const other = grant('father', { state: 'PENDING', holds: ['PROTECTION_STRENGT_FORTROLIG'] });
    const problems = (derivation: Derivation, ...of: readonly Grant[]) =>
      openProblems(derivation, of, nothingElse, today);
    expect(problems(says({}, { problems: ['SECOND_HOLDER_UNIDENTIFIED'] }), pending, other)).toEqual([
      'SECOND_HOLDER_UNIDENTIFIED',
      'PROTECTION',
    ]);
    expect(problems(says({}), { ...pending, state: 'ENDED', holds: [] })).toEqual([]);
  });
});
