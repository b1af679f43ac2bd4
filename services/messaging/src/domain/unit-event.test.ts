import type { FeatureStandings } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import { type EventTerms, type UnitEvent, decideAnswer, decideEvent } from './unit-event.ts';

const at = (text: string): Date => new Date(text);
const features: FeatureStandings = {
  feature: 'MESSAGING',
  atUnits: new Map([['school', { state: 'OPEN', opensOn: null, isReadable: true }]]),
};
const known = { now: at('2026-11-22T08:00:00Z'), features };
const party: EventTerms = {
  ...{ title: 'Sommerfest', place: 'Skolegården', bring: 'Kake', choices: [], adultsMax: 2, capacity: 10 },
  ...{ startsAt: at('2026-12-01T16:00:00Z'), endsAt: at('2026-12-01T18:00:00Z') },
  answerUntil: at('2026-11-30T23:00:00Z'),
};
const slip: EventTerms = {
  ...{ ...party, startsAt: null, endsAt: null, adultsMax: 0, capacity: null, place: null, bring: null },
  ...{ title: 'Kan barnet svømme?', choices: ['Ja', 'Nei', 'Litt'] },
};

describe('announcing an event', () => {
  test('takes a time to come to, or choices to answer with', () => {
    for (const event of [party, slip])
      expect(decideEvent('school', event, { ...known, guardLevel: 'SCHOOL' }).ok).toBe(true);
  });

  test.each<[string, EventTerms]>([
    ['event-past', { ...party, startsAt: known.now, endsAt: at('2026-11-22T09:00:00Z') }],
    ['event-past', { ...slip, answerUntil: known.now }],
    ['event-ends-before-it-starts', { ...party, endsAt: party.startsAt }],
    ['event-ends-before-it-starts', { ...party, endsAt: null }],
    ['answers-due-too-late', { ...party, answerUntil: at('2026-12-01T16:00:01Z') }],
    ['choices-wrong', { ...slip, choices: ['Ja'] }],
    ['choices-wrong', { ...slip, choices: ['Ja', 'Ja'] }],
    ['choices-wrong', { ...slip, choices: [] }],
    ['choices-wrong', { ...slip, capacity: 5 }],
    ['event-text-diverted', { ...party, bring: 'Kari har diabetes og blir mobbet' }],
  ])('refuses with %s', (kind, event) => {
    expect(decideEvent('school', event, { ...known, guardLevel: 'SCHOOL' })).toMatchObject({
      refusal: { kind },
    });
  });

  test('is refused where messaging is not open', () => {
    expect(decideEvent('elsewhere', party, { ...known, guardLevel: 'SCHOOL' })).toMatchObject({
      refusal: { kind: 'feature-closed' },
    });
  });
});

describe('answering an event', () => {
  const announced: UnitEvent = {
    ...{ ...party, id: 'event', unitId: 'school', announcedBy: 'teacher', childIds: ['child'] },
    ...{ isFull: false, isWithdrawn: false, announcedAt: known.now, reminderId: null },
  };
  test.each<[string, { choice: number; adults: number }, Partial<UnitEvent>, Date]>([
    ['answer-wrong', { choice: 2, adults: 0 }, {}, known.now],
    ['answer-wrong', { choice: -1, adults: 0 }, {}, known.now],
    ['answer-wrong', { choice: 1, adults: 3 }, {}, known.now],
    ['answer-wrong', { choice: 0, adults: 1 }, {}, known.now],
    ['answer-wrong', { choice: 3, adults: 0 }, slip, known.now],
    ['event-withdrawn', { choice: 1, adults: 0 }, { isWithdrawn: true }, known.now],
    ['answering-over', { choice: 1, adults: 0 }, {}, party.answerUntil],
  ])('refuses with %s', (kind, answer, more, now) => {
    expect(decideAnswer(answer, { ...announced, ...more }, { ...known, now })).toMatchObject({
      refusal: { kind },
    });
  });

  test('takes as many adults as may come, and each choice of a slip', () => {
    expect(decideAnswer({ choice: 1, adults: 2 }, announced, known).ok).toBe(true);
    expect(decideAnswer({ choice: 2, adults: 0 }, { ...announced, ...slip }, known).ok).toBe(true);
  });
});
