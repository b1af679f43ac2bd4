import { describe, expect, test } from 'vitest';
import { decideGuarded, guardLevelAt, isAsStrictAs, leastStrict } from './guarded.ts';

const draft = (body: string, subject = '') => ({ subject, body, attachments: [] });
const fresh = { isReread: false, knownNames: ['Line', 'Per', 'Svein'] };
const kindOf = (
  text: string,
  more: Partial<typeof fresh> = {},
  level = guardLevelAt(['SCHOOL'], leastStrict),
): string => {
  const result = decideGuarded(draft(text), level, { ...fresh, ...more });
  return result.ok ? 'sent' : result.refusal.kind;
};

describe('what is written', () => {
  test.each([
    'Line blir hjemme fra skolen grunnet omgangssyken',
    'Per skadet foten på trening i går kveld',
    'Svein synes det er vanskelig på skolen for tiden',
  ])('to a school may say (MSG-09): %s', (text) => expect(kindOf(text)).toBe('sent'));

  test('goes to the contact form however often it is read again (MSG-08, MSG-10)', () => {
    for (const isReread of [false, true])
      expect(kindOf('Kari slår ham hver dag', { isReread })).toBe('text-diverted');
    expect(decideGuarded(draft('Hei', 'Mobbing'), 'SCHOOL', fresh)).toMatchObject({
      refusal: { findings: [{ topic: 'BULLYING', part: { kind: 'SUBJECT' }, start: 0, end: 7 }] },
    });
  });

  test('may be sent by whoever has read it again, where that is enough', () => {
    expect(kindOf('Kan Mathilde bli med hjem?')).toBe('text-to-reread');
    expect(kindOf('Kan Mathilde bli med hjem?', { isReread: true })).toBe('sent');
    expect(kindOf('Kan Line bli med hjem?')).toBe('sent');
    expect(kindOf('Kan Line bli med hjem?', { knownNames: [] })).toBe('text-to-reread');
  });

  test('is judged as strictly as the municipality wants, and as the strictest of those who are spoken to', () => {
    const chosen = { ...leastStrict, SCHOOL: 'LETTER' } as const;
    expect(kindOf('Line har omgangssyke', {}, guardLevelAt(['SCHOOL'], chosen))).toBe('text-diverted');
    expect(kindOf('Line har omgangssyke', {}, guardLevelAt(['AFTER_SCHOOL'], chosen))).toBe('sent');
    expect(guardLevelAt(['AFTER_SCHOOL', 'KINDERGARTEN'], leastStrict)).toBe('KINDERGARTEN');
    expect(guardLevelAt(['KINDERGARTEN', 'SCHOOL'], chosen)).toBe('LETTER');
    expect(isAsStrictAs('SCHOOL', leastStrict.KINDERGARTEN)).toBe(false);
  });

  test('to a kindergarten is judged more strictly (features § 16, tension 2)', () => {
    const levels = (['SCHOOL', 'AFTER_SCHOOL', 'KINDERGARTEN', null] as const).map((kind) =>
      guardLevelAt([kind], leastStrict),
    );
    expect(levels.map((level) => kindOf('Line har omgangssyke', {}, level))).toEqual([
      ...['sent', 'sent', 'text-to-reread', 'sent'],
    ]);
  });
});
