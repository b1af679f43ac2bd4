import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import type { Capacity } from './decisions.ts';
import {
  mayKnowName,
  mayKnowOfCharge,
  mayKnowOfReading,
  mayKnowRecord,
  mayReadAlarms,
  mayReview,
  standingTowards,
} from './explain-policy.ts';

const guardian: Actor = { kind: 'guardian', personId: 'me', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'me', level: 'substantial' };
const service: Actor = { kind: 'service', name: 'gateway' };
const leader = {
  role: 'LEADER',
  unitId: 'school',
  groupId: null as string | null,
  from: '2026-08-01',
  to: null,
};
const facts = (more: object = {}): AccessFacts => ({
  today: '2026-11-21',
  guardianOf: [],
  roles: [],
  enrolments: [],
  namedFor: [],
  ...more,
});
const own = facts({ guardianOf: ['child'] });
const auditor: readonly Capacity[] = ['PRIVACY_OFFICER'];
const child = { childId: 'child', isOwnCase: false };

describe('who is told who can see a child, and who did (GUA-25)', () => {
  test('its guardian, signed in as such, and the privacy officer, of any child but their own (GUA-24)', () => {
    const toward = (actor: Actor, given: AccessFacts, capacities: readonly Capacity[], children = [child]) =>
      standingTowards(actor, given, { capacities, children }, 'child');
    expect(toward(guardian, own, [], [])).toBe('guardian');
    expect(toward(staff, own, [])).toBeNull();
    expect(toward(staff, facts(), auditor)).toBe('auditor');
    expect(toward(staff, facts(), auditor, [{ ...child, isOwnCase: true }])).toBeNull();
    expect(toward(staff, facts(), auditor, [{ ...child, childId: 'other' }])).toBeNull();
    expect(toward(staff, facts(), auditor, [])).toBeNull();
    expect(toward(guardian, facts(), auditor)).toBeNull();
    expect(toward(service, facts(), auditor)).toBeNull();
    for (const capacity of ['CASE_WORKER', 'MUNICIPAL_ADMINISTRATOR', 'PROTECTION_OFFICER'] as const)
      expect(toward(staff, facts(), [capacity])).toBeNull();
  });

  test('alarms about reading are the privacy officer’s (V07)', () => {
    expect(mayReadAlarms(staff, auditor)).toBe(true);
    expect(mayReadAlarms(guardian, auditor)).toBe(false);
    expect(mayReadAlarms(staff, ['MUNICIPAL_ADMINISTRATOR'])).toBe(false);
    expect(mayReadAlarms(staff, [])).toBe(false);
  });

  test('a unit is looked over by the leader of the whole of it, today (D09, S-02)', () => {
    const may = (more: object, actor: Actor = staff) =>
      mayReview(actor, facts({ roles: [{ ...leader, ...more }] }), 'school');
    expect(may({})).toBe(true);
    expect(may({}, guardian)).toBe(false);
    for (const more of [{ role: 'TEACHER' }, { groupId: '3A' }, { unitId: 'sfo' }, { to: '2026-11-21' }])
      expect(may(more)).toBe(false);
  });
});

describe('what of it (ADR-11, ADR-19)', () => {
  const member = (more: object = {}) => ({
    ...{ personId: 'other', protection: 'NONE' as const, asGuardian: 'no' as const },
    ...more,
  });

  test('a reading by staff: all of them to the auditor, one’s own, and of those who are no guardian of the child', () => {
    expect(mayKnowOfReading('auditor', staff, member({ asGuardian: 'now' }))).toBe(true);
    expect(mayKnowOfReading('guardian', guardian, member({ personId: 'me', asGuardian: 'now' }))).toBe(true);
    expect(mayKnowOfReading('guardian', guardian, member())).toBe(true);
    expect(mayKnowOfReading('guardian', guardian, member({ protection: 'STRENGT_FORTROLIG' }))).toBe(true);
    expect(mayKnowOfReading('guardian', guardian, member({ asGuardian: 'now' }))).toBe(false);
    expect(mayKnowOfReading('guardian', guardian, member({ asGuardian: 'held' }))).toBe(true);
    const hidden = member({ asGuardian: 'held', protection: 'FORTROLIG' });
    expect(mayKnowOfReading('guardian', guardian, hidden)).toBe(false);
    expect(mayKnowOfReading('guardian', service, member({ personId: 'me', asGuardian: 'now' }))).toBe(false);
  });

  test('that somebody has charge of the child: not of the protected other guardian', () => {
    const hidden = { protection: 'FORTROLIG' };
    for (const asGuardian of ['now', 'held']) {
      expect(mayKnowOfCharge('guardian', guardian, member({ ...hidden, asGuardian }))).toBe(false);
      expect(mayKnowOfCharge('guardian', guardian, member({ ...hidden, asGuardian, personId: 'me' }))).toBe(
        true,
      );
      expect(mayKnowOfCharge('auditor', staff, member({ ...hidden, asGuardian }))).toBe(true);
      expect(mayKnowOfCharge('guardian', guardian, member({ asGuardian }))).toBe(true);
    }
    expect(mayKnowOfCharge('guardian', guardian, member(hidden))).toBe(true);
  });

  test('a name: of nobody whose address is protected (ADR-02)', () => {
    expect(
      (['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const).map((protection) =>
        mayKnowName({ protection }),
      ),
    ).toEqual([true, true, false, false]);
  });

  test('the record behind a guardian’s access: to that one and to the auditor (GUA-25)', () => {
    expect(mayKnowRecord('auditor', staff, 'other')).toBe(true);
    expect(mayKnowRecord('guardian', guardian, 'me')).toBe(true);
    expect(mayKnowRecord('guardian', guardian, 'other')).toBe(false);
    expect(mayKnowRecord('leader', staff, 'other')).toBe(false);
  });
});
