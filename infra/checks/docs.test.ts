import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../dev/paths.ts';
import { readTracked, tracked } from './tree.ts';

const decisions = tracked('docs/decisions').filter((file) => file.endsWith('.md'));
const pages = tracked().filter((file) => file.endsWith('.md'));

describe('decisions', () => {
  // Who works side by side keeps a number each, and one may come to be used later, or not at all.
  test('have a number each', () => {
    const numbers = decisions.map((file) => Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]));
    expect(numbers).not.toContain(Number.NaN);
    expect(new Set(numbers).size).toBe(decisions.length);
  });

  test.each(decisions)('%s says the context, the decision and what follows', (file) => {
    const text = readTracked(file);
    expect(text).toMatch(new RegExp(`^# ${/(\d{4})-/.exec(file)?.[1]} `));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });
});

test.each(pages)('%s links to files that are there', (file) => {
  const text = readTracked(file).replace(/```[^]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!);
  const local = links.filter((to) => !/^[a-z]+:/.test(to));
  expect(local.filter((to) => !existsSync(join(root, dirname(file), to)))).toEqual([]);
});
