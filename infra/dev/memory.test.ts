import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeThrowaway } from './memory.ts';
import { removeData } from './postgres.ts';
import { sweepAbandoned } from './test-services.ts';

const parent = mkdtempSync(join(tmpdir(), 'ranselpost-memory-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test('what is thrown away is removed from where it really lies', () => {
  const folder = makeThrowaway(parent, 'run-');
  const place = realpathSync(folder);
  writeFileSync(join(folder, 'data'), 'x');
  expect(readdirSync(place)).toEqual(['data']);
  removeData(folder);
  expect(existsSync(place)).toBe(false);
  expect(readdirSync(parent)).toEqual([]);
});

test('what a run left is swept from where it really lies, and a link to what memory forgot as well', () => {
  const left = makeThrowaway(parent, 'run-');
  const place = realpathSync(left);
  writeFileSync(
    join(left, 'owner.json'),
    JSON.stringify({ owner: { pid: process.pid, started: 'long ago' }, processes: [] }),
  );
  const forgotten = makeThrowaway(parent, 'run-');
  if (lstatSync(forgotten).isSymbolicLink()) rmSync(realpathSync(forgotten), { recursive: true });
  else rmSync(forgotten, { recursive: true });
  sweepAbandoned(parent);
  expect(existsSync(place)).toBe(false);
  expect(readdirSync(parent)).toEqual([]);
});
