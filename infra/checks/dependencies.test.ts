import { expect, test } from 'vitest';
import { packages, workspaces } from './lock.ts';
import { readTracked } from './tree.ts';

const lines = [
  ...readTracked('docs/dependencies.md').matchAll(/^\| (\S+) +\| (.+?) +\| (\S+) +\| [\d.]+ [kM]B +\|$/gm),
].map(([, name, why, licence]) => ({ name: name!, why: why!, licence: licence! }));
const direct = [...new Set(workspaces.flatMap(({ needs, devNeeds }) => [...needs, ...devNeeds]))].toSorted();

test('every direct dependency has a line that says why it is here, and nothing else has', () => {
  expect(lines.map(({ name }) => name).toSorted()).toEqual(direct);
  expect(lines.filter(({ why }) => why.length < 8)).toEqual([]);
});

test.each(lines)('$name has the licence that its line says', ({ name, licence }) => {
  expect(packages.find(({ folder }) => folder === `node_modules/${name}`)?.licence).toBe(licence);
});
