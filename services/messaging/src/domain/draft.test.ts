import { neverStated, standingsOf } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import {
  type WantedDraft,
  aheadDays,
  decideDraft,
  decideSendAt,
  draftsMost,
  keptUntil,
  namesInText,
} from './draft.ts';

const open = standingsOf('MESSAGING', [{ ...neverStated, unitId: 'u', feature: 'MESSAGING', state: 'OPEN' }]);
const known = { features: open, guardLevel: 'SCHOOL' as const, areThere: true, waits: false, others: 0 };
const wanted = (more: Partial<WantedDraft> = {}): WantedDraft => ({
  aim: {
    ...{ kind: 'THREAD', childIds: ['c'], unitId: 'u' },
    ...{ alsoGuardianIds: [], alsoStaffIds: [], leaveOut: [], toMailbox: false },
  },
  ...{ subject: '', body: 'Vi tar med', knownNames: [], ...more },
});
const kindOf = (result: ReturnType<typeof decideDraft>): string => (result.ok ? 'kept' : result.refusal.kind);
const kept = (more: Partial<WantedDraft> = {}, about: Partial<typeof known> = {}) =>
  kindOf(decideDraft(wanted(more), { ...known, ...about }));

describe('deciding whether a draft is kept (M44)', () => {
  test('keeps what is not finished, and nothing at all not', () => {
    expect([kept(), kept({ subject: 'Tur', body: '' }), kept({ body: ' \u0000' })]).toEqual([
      'kept',
      'kept',
      'text-empty',
    ]);
    expect([kept({ body: 'x'.repeat(10_001) }), kept({ subject: 'x'.repeat(121) })]).toEqual([
      'text-too-long',
      'text-too-long',
    ]);
  });

  test('keeps nothing that is diverted, as it would not be sent, and keeps what is to be read once more (MSG-10)', () => {
    expect(kept({ body: 'Kari slår ham hver dag' })).toBe('text-diverted');
    expect(kept({ subject: 'Kari slår ham hver dag' })).toBe('text-diverted');
    expect(kept({ body: 'Kari kommer i morgen' })).toBe('kept');
  });

  test('keeps nothing to a unit where the child is not, open or not (ADR-04)', () => {
    const closed = standingsOf('MESSAGING', []);
    for (const features of [open, closed])
      expect(kept({}, { areThere: false, features })).toBe('child-not-at-unit');
  });

  test('keeps nothing where messaging is not open, nor over what waits, nor without end (MSG-01)', () => {
    expect(kept({}, { features: standingsOf('MESSAGING', []) })).toBe('feature-closed');
    expect(kept({}, { waits: true })).toBe('draft-waits');
    expect([kept({}, { others: draftsMost - 1 }), kept({}, { others: draftsMost })]).toEqual([
      'kept',
      'drafts-too-many',
    ]);
  });
});

test('a draft goes some days after it was changed, and not while it waits (RET-03)', () => {
  const changedAt = new Date('2026-03-01T12:00:00Z');
  expect(keptUntil({ changedAt, sendAt: null }, 30)).toEqual(new Date('2026-03-31T12:00:00Z'));
  expect(keptUntil({ changedAt, sendAt: new Date('2026-05-01') }, 30)).toBeNull();
});

test('a message is sent in the future, and not too far ahead', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const at = (ms: number) => {
    const result = decideSendAt(new Date(now.getTime() + ms), now);
    return result.ok ? 'waits' : result.refusal.kind;
  };
  const most = aheadDays * 86_400_000;
  expect([-1, 0, 1, most, most + 1].map(at)).toEqual([
    'send-time-past',
    'send-time-past',
    'waits',
    'waits',
    'send-time-too-far',
  ]);
});

test('of the names that a device knows, those alone are kept that stand in the text', () => {
  const text = { subject: 'Om LINE', body: 'Anne-Marie henter Lines sekk' };
  expect(namesInText(text, ['Line', 'Per', 'Anne Marie', ''])).toEqual(['Line', 'Anne', 'Marie']);
});
