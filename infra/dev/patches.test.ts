import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPatches } from './patches.mjs';
import { root } from './paths.ts';

const patch = `diff --git a/node_modules/thing/a.js b/node_modules/thing/a.js
index 1111111..2222222 100644
--- a/node_modules/thing/a.js
+++ b/node_modules/thing/a.js
@@ -1,3 +1,4 @@
 one
-two
+two, mended
+and a half
 three
@@ -6,2 +7,2 @@ a heading
 six
--- old seven
+++ new seven
`;

let folder: string;
const file = (): string => join(folder, 'node_modules/thing/a.js');
const lines = (...changed: string[]): string => `${changed.join('\n')}\n`;
const before = lines('one', 'two', 'three', 'four', 'five', 'six', '-- old seven');
const after = lines('one', 'two, mended', 'and a half', 'three', 'four', 'five', 'six', '++ new seven');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ranselpost-patches-'));
  mkdirSync(join(folder, 'node_modules/thing'), { recursive: true });
  mkdirSync(join(folder, 'patches'));
  writeFileSync(join(folder, 'patches/thing+1.0.0.patch'), patch);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('applying patches', () => {
  test('changes every place that a patch names', () => {
    writeFileSync(file(), before);
    expect(applyPatches(folder)).toEqual(['thing+1.0.0.patch']);
    expect(readFileSync(file(), 'utf8')).toBe(after);
  });

  test('does nothing the second time', () => {
    writeFileSync(file(), before);
    applyPatches(folder);
    expect(applyPatches(folder)).toEqual([]);
    expect(readFileSync(file(), 'utf8')).toBe(after);
  });

  test('refuses a file that is neither, with how to mend it, and leaves it as it is', () => {
    writeFileSync(file(), before.replace('six', 'sixty'));
    expect(() => applyPatches(folder)).toThrow(
      /thing\+1\.0\.0\.patch does not fit .*a\.js .*remove node_modules/,
    );
    expect(readFileSync(file(), 'utf8')).toContain('two\n');
  });

  test('says which package is missing', () => {
    expect(() => applyPatches(folder)).toThrow(/does not fit node_modules\/thing\/a\.js/);
  });

  test('finds the patches of this repository applied, each for the version that is installed', () => {
    cpSync(join(root, 'patches'), join(folder, 'patches'), { recursive: true });
    rmSync(join(folder, 'patches/thing+1.0.0.patch'));
    rmSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    expect(applyPatches(folder)).toEqual([]);
    const versions = readdirSync(join(root, 'patches')).map((name) => {
      const [, packageName = '', version] = /^(.+)\+(.+)\.patch$/.exec(name) ?? [];
      const file = join(root, 'node_modules', packageName, 'package.json');
      return [version, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version];
    });
    expect(versions.filter(([named, installed]) => named !== installed)).toEqual([]);
  });
});
