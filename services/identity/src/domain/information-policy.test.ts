import type { Actor } from '@ranselpost/kit/pure/actor';
import { describe, expect, test } from 'vitest';
import {
  type HandlerFacts,
  groundOfHandling,
  isAsker,
  mayAsk,
  mayHandle,
  tablesOf,
} from './information-policy.ts';

const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'p', level: 'high' };
const machine: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };
const service: Actor = { kind: 'service', name: 'gateway' };
const open = { from: '2026-08-01', to: null };
const today = '2026-11-23';
const nobody: HandlerFacts = { access: { today, roles: [] }, municipal: [], involvedIn: [] };
const worker: HandlerFacts = { ...nobody, municipal: [{ role: 'CASE_WORKER', ...open }] };
const officer: HandlerFacts = { ...nobody, municipal: [{ role: 'PROTECTION_OFFICER', ...open }] };
const leading = { role: 'LEADER', unitId: 'school', groupId: null, ...open };
const leader: HandlerFacts = { ...nobody, access: { today, roles: [leading] } };

const unsorted = { requestId: 'request', askerId: 'father', route: 'UNSORTED', unitId: null } as const;
const onDesk = { ...unsorted, route: 'DESK' } as const;
const atSchool = { ...onDesk, unitId: 'school' };
const hidden = { ...atSchool, route: 'PROTECTION' } as const;

describe('who asks (GUA-07)', () => {
  test('is anybody signed in as themselves', () => {
    expect(() => mayAsk(guardian)).not.toThrow();
    for (const actor of [staff, machine, service]) expect(() => mayAsk(actor)).toThrow('not open to you');
  });

  test('sees their own questions, not as staff, and nobody else does (GUA-20, GUA-24)', () => {
    expect(isAsker(guardian, { askerId: 'p' })).toBe(true);
    expect(isAsker(guardian, { askerId: 'another' })).toBe(false);
    for (const actor of [staff, machine, service]) expect(isAsker(actor, { askerId: 'p' })).toBe(false);
  });
});

describe('who handles', () => {
  const rows = [
    ['a case worker', worker, { desk: 'CASE_WORKER', school: 'CASE_WORKER', hidden: undefined }],
    ['a protection officer', officer, { desk: undefined, school: undefined, hidden: 'PROTECTION_OFFICER' }],
    ['the leader of the unit', leader, { desk: undefined, school: 'LEADER', hidden: undefined }],
    ['somebody without such a role', nobody, { desk: undefined, school: undefined, hidden: undefined }],
  ] as const;

  test.each(rows)('%s, of what lies on their table (ADR-04)', (_who, facts, expected) => {
    const roleFor = (request: Parameters<typeof groundOfHandling>[2]) =>
      groundOfHandling(staff, facts, request)?.role;
    expect({ desk: roleFor(onDesk), school: roleFor(atSchool), hidden: roleFor(hidden) }).toEqual(expected);
    expect(roleFor(unsorted)).toBeUndefined();
  });

  test('nobody of a question of their own, nor signed in as anything but staff (GUA-24)', () => {
    expect(groundOfHandling(staff, worker, { ...onDesk, askerId: 'p' })).toBeUndefined();
    // Nor of one that may be about a child who is anything to them.
    expect(groundOfHandling(staff, { ...worker, involvedIn: ['request'] }, onDesk)).toBeUndefined();
    expect(groundOfHandling(staff, { ...worker, involvedIn: ['another'] }, onDesk)).toBeDefined();
    for (const actor of [guardian, machine, service]) {
      expect(groundOfHandling(actor, worker, onDesk)).toBeUndefined();
      expect(() => mayHandle(actor)).toThrow('not open to you');
    }
    expect(() => mayHandle(staff)).not.toThrow();
  });

  test('nobody on a day on which the role does not hold (S-02)', () => {
    const ended = { from: '2026-08-01', to: '2026-12-01' };
    for (const day of ['2026-07-31', '2026-12-01'])
      expect(
        tablesOf(staff, {
          access: { today: day, roles: [{ ...leading, ...ended }] },
          municipal: [
            { role: 'CASE_WORKER', ...ended },
            { role: 'PROTECTION_OFFICER', ...ended },
          ],
        }),
      ).toEqual({ routes: [], unitIds: [] });
  });

  test('no other role, and no leader of a group or of another unit', () => {
    const facts: HandlerFacts = {
      ...nobody,
      municipal: [{ role: 'MUNICIPAL_ADMINISTRATOR', ...open }],
      access: {
        today,
        roles: [
          { ...leading, role: 'TEACHER' },
          { ...leading, groupId: '4a' },
          { ...leading, unitId: 'another' },
        ],
      },
    };
    expect(groundOfHandling(staff, facts, atSchool)).toBeUndefined();
  });
});
