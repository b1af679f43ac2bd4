import { describe, expect, test } from 'vitest';
import { IntlMessageFormat } from 'intl-messageformat';
import ar from './catalogues/ar.json' with { type: 'json' };
import en from './catalogues/en.json' with { type: 'json' };
import nb from './catalogues/nb.json' with { type: 'json' };
import nn from './catalogues/nn.json' with { type: 'json' };
import se from './catalogues/se.json' with { type: 'json' };
import { preferred } from './languages.ts';
import { type Catalogue, makeWords, writeName } from './words.ts';

const catalogues: Readonly<Record<string, Catalogue>> = { nb, nn, en, se, ar };
const now = () => new Date('2026-11-23T06:25:00Z');
const words = (language: 'nb' | 'nn' | 'se' | 'en' | 'ar') =>
  makeWords(language, [catalogues[language]!, nb], () => undefined, now);

/** The names of what a text takes in, wherever they stand in it. */
function slots(text: string): readonly string[] {
  const found = new Set<string>();
  const look = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if ('value' in element && element.type !== 0) found.add(String(element.value));
      if ('options' in element) for (const { value } of Object.values(element.options)) look(value);
    }
  };
  look(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...found].toSorted();
}

describe('the texts of the portal', () => {
  test.each(['nn', 'en'])('are complete in %s', (language) => {
    expect(Object.keys(catalogues[language]!)).toEqual(Object.keys(nb));
  });

  test.each(['nn', 'en', 'se', 'ar'])(
    'take in the same in %s as in bokmål, and are no others',
    (language) => {
      const source: Catalogue = nb;
      for (const [word, text] of Object.entries(catalogues[language]!)) {
        const original = source[word as keyof Catalogue];
        expect(original, word).toBeDefined();
        expect(slots(text), word).toEqual(slots(original!));
      }
    },
  );

  test('are read in the next language where one is missing', () => {
    expect(words('se').t('settings.about')).toBe('Om Ranselpost');
  });
});

describe('days and times', () => {
  test('are written in each language, also those that browsers do not know', () => {
    expect(words('nb').longDay('2026-11-23')).toBe('mandag 23. november');
    expect(words('nn').longDay('2026-11-24')).toBe('tysdag 24. november');
    expect(words('se').longDay('2026-11-24')).toBe('maŋŋebárga skábmamánnu 24. b.');
    expect(words('en').longDay('2027-01-02')).toBe('Saturday 2 January 2027');
    expect(words('ar').longDay('2026-11-23')).toBe('الاثنين 23 نوفمبر');
    expect(words('nn').time('07:25:00')).toBe('07.25');
    expect(words('en').time('07:25')).toBe('07:25');
  });

  test('are those of Norway, whatever the device thinks', () => {
    expect(words('nb').instant('2026-11-23T06:25:00Z')).toBe('07.25');
    expect(words('nb').instant('2026-11-22T23:30:00Z')).toBe('00.30');
    expect(words('nb').instant('2026-11-23T23:30:00Z')).toBe('i morgen 00.30');
    expect(words('nb').exactly('2026-11-23T06:25:07Z')).toBe('23. november 07.25.07');
    expect(words('en').exactly('2027-03-01T22:59:59Z')).toBe('1 March 2027 23:59:59');
  });
});

test('names that the register shouts are written as names', () => {
  expect(writeName('ANNE-MARIE')).toBe('Anne-Marie');
  expect(writeName("O'BRIEN ØDEGÅRD")).toBe("O'Brien Ødegård");
  expect(writeName('van der Berg')).toBe('van der Berg');
  expect(writeName('محمد')).toBe('محمد');
});

test('the language is the first that a browser prefers and we speak', () => {
  expect(preferred(['de-DE', 'nn-NO', 'en'])).toBe('nn');
  expect(preferred(['no', 'en'])).toBe('nb');
  expect(preferred(['pl'])).toBe('nb');
});
