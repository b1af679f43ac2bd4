import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isInstalled } from './installed.mjs';

type Packages = Readonly<Record<string, { version?: string; optional?: boolean }>>;

let folder: string;
const write = (file: string, packages: Packages): void =>
  writeFileSync(join(folder, file), JSON.stringify({ packages }));

const wanted = {
  '': {},
  gateway: { version: '0.1.0' },
  'node_modules/one': { version: '1.0.0' },
  'node_modules/for-another-platform': { version: '2.0.0', optional: true },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ranselpost-installed-'));
  mkdirSync(join(folder, 'node_modules'));
  write('package-lock.json', wanted);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('whether the packages are those of the lock file', () => {
  test('they are, also without what is for another platform', () => {
    write('node_modules/.package-lock.json', { 'node_modules/one': { version: '1.0.0' } });
    expect(isInstalled(folder)).toBe(true);
  });

  test.each<[string, Packages]>([
    ['one has another version', { 'node_modules/one': { version: '1.0.1' } }],
    ['one is missing', {}],
    [
      'one is there that should not be',
      { 'node_modules/one': { version: '1.0.0' }, 'node_modules/two': { version: '1.0.0' } },
    ],
  ])('they are not when %s', (_why, packages) => {
    write('node_modules/.package-lock.json', packages);
    expect(isInstalled(folder)).toBe(false);
  });

  test('they are not when an installation was broken off', () => {
    expect(isInstalled(folder)).toBe(false);
  });
});
