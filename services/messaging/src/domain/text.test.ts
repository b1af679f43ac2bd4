import { describe, expect, test } from 'vitest';
import { decideSubject, decideText } from './text.ts';

const value = (raw: string) => {
  const decision = decideText(raw);
  return decision.ok ? decision.value : decision.refusal.kind;
};

describe('what somebody writes', () => {
  test('is kept as it was typed, markup and all', () => {
    for (const text of ['<b>Hei</b> & hå', 'linje 1\n\tlinje 2', 'مرحبا', 'Sámegiella đŋŧ', '👩‍👧'])
      expect(value(text)).toBe(text);
  });

  test('loses what nobody sees, and what turns the order of reading', () => {
    expect(value('a\u0000b\u0007c\u009bd\u202ee\ufefff')).toBe('abcdef');
    expect(value('en\r\nto\rtre')).toBe('en\nto\ntre');
    expect(value('halv \ud800 bokstav')).toBe('halv \ufffd bokstav');
  });

  test('is refused when nothing is left of it, and when it is too long', () => {
    for (const nothing of ['', '  \n', '\u0000\u202e']) expect(value(nothing)).toBe('text-empty');
    expect(value('x'.repeat(10_000))).toHaveLength(10_000);
    expect(value('x'.repeat(10_001))).toBe('text-too-long');
  });

  test('has a subject of one short line', () => {
    expect(decideSubject(' Tur\n til  byen ')).toEqual({ ok: true, value: 'Tur til byen' });
    expect(decideSubject('x'.repeat(121))).toMatchObject({ refusal: { kind: 'text-too-long', most: 120 } });
  });
});
