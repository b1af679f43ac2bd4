import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { describe, expect, test } from 'vitest';
import { type ArchivedLeave, type LeaveAct, isOver, toLeaveEntry } from './leave-archive.ts';
import type { Leave } from './leave.ts';

const leave: Leave = {
  ...{ id: 'leave', childId: 'child', unitId: 'school', firstDay: '2026-12-07', lastDay: '2026-12-09' },
  ...{ kind: 'GENERAL', state: 'GRANTED', decider: 'LEADER', hearing: 'SAID', schoolDayCount: 3 },
  ...{ isAwayAfterSchool: false, appliedBy: 'mother', appliedAt: new Date(0), decidedAt: new Date(0) },
  ...{ startsOn: null, endsBefore: null },
};
const entryOf = (act: LeaveAct, of: Partial<Leave> = {}) =>
  toLeaveEntry({ ...leave, ...of }, act, {
    ...{ entryId: 'entry', at: new Date(0), personId: 'mother', isProtected: false },
    sha256: (text) => `hash of ${text.length}`,
  });
const said = (act: LeaveAct, of: Partial<Leave> = {}) =>
  entryOf(act, of)
    .documents.map(({ direction, kind, text }) => `${direction} ${kind} ${text}`)
    .join('\n');

describe('what the archive is given of leave', () => {
  test('is one case, screened, under a title that says nothing (ARK-02, ARK-03)', () => {
    expect(entryOf({ kind: 'OBJECTED', text: 'Nei' })).toMatchObject({
      ...{
        caseId: 'leave',
        title: 'Henvendelse fra foresatt',
        screening: { code: 'UO', ground: 'offl. § 13' },
      },
      parties: [
        { role: 'SENDER', personId: 'mother', name: null },
        { role: 'CHILD', personId: 'child', name: null },
      ],
      documents: [{ direction: 'IN', kind: 'MESSAGE', sha256: expect.stringContaining('hash') }],
    });
  });

  test('has all that was written, whoever wrote it (ARK-01, ARK-06)', () => {
    const applied = said({ kind: 'APPLIED', reason: 'Bryllup', childView: 'Jeg gleder meg' });
    for (const words of ['IN QUESTION', 'Bryllup', 'Jeg gleder meg', '7.12.2026', '9.12.2026'])
      expect(applied).toContain(words);
    const decided = said({ kind: 'DECIDED', letter: 'Vedtak', exceptions: ['EXAM_DAY'] });
    for (const words of ['OUT DECISION Vedtak', 'INTERNAL ASSESSMENT', 'prøve eller eksamen'])
      expect(decided).toContain(words);
    expect(said({ kind: 'WITHDRAWN', from: '2026-12-08' })).toContain('8.12.2026');
    expect(said({ kind: 'COMPLAINED', text: 'Vi klager', isLate: true })).toMatch(
      /IN COMPLAINT.*fristen.*Vi klager/s,
    );
    expect(said({ kind: 'COMPLAINED', text: null, isLate: false })).not.toContain('frist');
    expect(said({ kind: 'FORWARDED', to: 'Statsforvalteren', note: 'Står fast' })).toMatch(
      /OUT.*Statsforvalteren.*Står fast/s,
    );
  });

  test('of a holy day is its paragraph and no more (LEA-04)', () => {
    const text = said({ kind: 'APPLIED', reason: null, childView: null }, { kind: 'HOLY_DAY' });
    expect(text).toContain('helligdag etter opplæringslova § 2-2');
  });
});

describe('a case of which the archive has everything (RET-02)', () => {
  const today = '2027-01-20';
  const opened = instantOf('2026-12-01', '10:00');
  const over = (more: Partial<ArchivedLeave> = {}) =>
    isOver(
      {
        ...{ leaveId: 'leave', state: 'REFUSED', lastDay: '2026-12-09', decidedAt: opened, lastDecision: 1 },
        ...{ openedAt: [opened, opened], complaints: [], ...more },
      },
      today,
    );

  test('is over when the days are, and no complaint can come any more (ADM-03)', () => {
    expect(over()).toBe(true);
    expect(over({ state: 'WITHDRAWN', openedAt: [] })).toBe(true);
    expect(over({ lastDay: today })).toBe(false);
    expect(over({ state: 'APPLIED' })).toBe(false);
    expect(over({ openedAt: [opened, null] })).toBe(false);
    expect(over({ openedAt: [] })).toBe(false);
    expect(over({ openedAt: [opened, instantOf('2027-01-10', '10:00')] })).toBe(false);
    const longAgo = instantOf(addDays(today, -400), '10:00');
    expect(over({ openedAt: [null], decidedAt: longAgo })).toBe(true);
  });

  test('is not over while a complaint waits, here or where it was sent (RET-07)', () => {
    const longAgo = instantOf(addDays(today, -400), '10:00');
    expect(over({ complaints: [{ nth: 1, forwardedAt: null }], decidedAt: longAgo })).toBe(false);
    expect(over({ complaints: [{ nth: 1, forwardedAt: opened }] })).toBe(false);
    expect(over({ complaints: [{ nth: 1, forwardedAt: opened }], decidedAt: longAgo })).toBe(true);
    expect(over({ complaints: [{ nth: 1, forwardedAt: null }], lastDecision: 2 })).toBe(true);
  });
});
