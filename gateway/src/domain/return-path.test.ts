import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toReturnPath } from './return-path.ts';

const own = 'https://portal.example';

test.each(['/', '/child/1?day=2026-11-21#top', '/a//b'])('a login goes back to %s', (path) => {
  expect(toReturnPath(path, own)).toBe(path);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'child/1',
  '/..//evil.example',
  '/x\r\nset-cookie: a',
  '/blåbær',
  `/${'x'.repeat(600)}`,
  undefined,
  ['/a'],
])('a login never goes to %s', (path) => {
  expect(toReturnPath(path, own)).toBe('/');
});

test('a login never leaves our own origin, whatever it was asked for', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((text) => `/${text}`),
      ),
      (wanted) => {
        const path = toReturnPath(wanted, own);
        expect(new URL(path, own).origin).toBe(own);
        expect(path).toMatch(/^\/(?!\/)/);
      },
    ),
  );
});
