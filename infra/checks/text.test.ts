import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../dev/paths.ts';
import { elevenDigitsIn, isRealNumber, readsLikeNumber } from './numbers.ts';
import { isText, readTracked, tracked } from './tree.ts';

const texts = tracked()
  .filter((file) => isText(file))
  .map((file) => ({ file, text: readTracked(file) }));

const code = texts.filter(({ file }) => /\.(ts|mjs|js)$/.test(file));

/** Longer than a reader takes in at once, each for a reason that holds. */
const longForAReason = new Map<string, string>([
  ['infra/simulators/population/golden.ts', 'one family after the other: a table, not a program'],
]);

describe('what is committed', () => {
  test('holds no national number but synthetic ones', () => {
    const found = texts.flatMap(({ file, text }) =>
      elevenDigitsIn(text)
        .filter(isRealNumber)
        .map((digits) => `${file}: ${digits.slice(0, 4)}…`),
    );
    expect(found).toEqual([]);
  });

  test('names no place on the machine it was written on, and no host that packages come from', () => {
    const here =
      /(?<![\w.~$}-])\/(home|Users|root|work|mnt)\/\w|[A-Z]:\\\\?(Users|work)|\bregistry\.npmjs\.org\b/;
    const lines = texts
      .filter(({ file }) => !file.startsWith('infra/checks/text.test.ts'))
      .flatMap(({ file, text }) =>
        text.split('\n').flatMap((line, index) => (here.test(line) ? [`${file}:${index + 1}`] : [])),
      );
    expect(lines).toEqual([]);
  });

  test('leaves no test out, and lets none run alone', () => {
    const left =
      /\b(test|it|describe|bench)(\.\w+)*\.(only|skip|todo|fails)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\(/;
    expect(
      code.filter(({ file, text }) => file.includes('.test.') && left.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  test('leaves nothing for later without an issue that says so', () => {
    const open = code.filter(
      ({ file, text }) =>
        file !== 'infra/checks/text.test.ts' && /\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/.test(text),
    );
    expect(open.map(({ file }) => file)).toEqual([]);
  });

  test('is in files that a reader takes in, of 400 lines at most, and 600 of tests', () => {
    const long = code
      .filter(
        ({ file, text }) =>
          text.split('\n').length > (file.includes('.test.') ? 600 : 400) && !longForAReason.has(file),
      )
      .map(({ file, text }) => `${file}: ${text.split('\n').length} lines`);
    expect(long).toEqual([]);
  });
});

describe('what was logged here', () => {
  const folder = join(root, '.data/logs');
  const logs = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.log'))
    : [];

  test('holds no national number of any series (S-07, S-10)', () => {
    const found = logs.flatMap((file) =>
      elevenDigitsIn(readFileSync(join(folder, file), 'utf8'))
        .filter(readsLikeNumber)
        .map((digits) => `${file}: ${digits.slice(0, 4)}…`),
    );
    expect(found).toEqual([]);
  });
});

describe('the check of numbers itself', () => {
  // Digits of a shape, joined here so that the file itself holds none.
  const synthetic = ['018515', '00000'].join('');

  test('finds digits that stand alone, also with a blank, and not those within an id', () => {
    expect(elevenDigitsIn(`x ${synthetic} y ${synthetic.slice(0, 6)} ${synthetic.slice(6)}.`)).toHaveLength(
      2,
    );
    expect(elevenDigitsIn('01890a5d-ac96-774b-bcce-01850000000a 123456789012 v1.01850000000')).toEqual([]);
  });

  test('tells a number that somebody may have from a synthetic one', () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => `010190${String(index).padStart(5, '0')}`);
    const real = numbers.find((digits) => isRealNumber(digits));
    expect(real).toBeDefined();
    expect(numbers.map((digits) => `0181${digits.slice(4)}`).some(isRealNumber)).toBe(false);
    expect(readsLikeNumber(real!)).toBe(true);
    expect(readsLikeNumber('99999999999')).toBe(false);
  });
});
