import { describe, expect, test } from 'vitest';
import { runGraph, type Job } from './graph.ts';

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function jobs(
  done: string[],
  plan: Readonly<Record<string, readonly string[]>>,
  failing: readonly string[] = [],
): Job[] {
  return Object.entries(plan).map(([name, after]) => ({
    name,
    after,
    run: async () => {
      done.push(`${name} begins`);
      await tick();
      if (failing.includes(name)) throw new Error(`${name} fails`);
      done.push(`${name} ends`);
    },
  }));
}

describe('doing jobs that wait for each other', () => {
  test('begins each when what it waits for has ended, and together what may be', async () => {
    const done: string[] = [];
    await runGraph(jobs(done, { c: ['a', 'b'], a: [], b: [] }));
    expect(done).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'c begins', 'c ends']);
  });

  test('begins nothing after a failure, and waits for what has begun', async () => {
    const done: string[] = [];
    const run = runGraph(jobs(done, { a: [], b: [], c: ['b'] }, ['a']));
    await expect(run).rejects.toThrow('a fails');
    expect(done).toEqual(['a begins', 'b begins', 'b ends']);
  });

  test('refuses what waits for nothing that exists, and circles', async () => {
    await expect(runGraph(jobs([], { a: ['z'] }))).rejects.toThrow('a waits for z, which does not exist');
    await expect(runGraph(jobs([], { a: ['b'], b: ['a'] }))).rejects.toThrow(/circle/);
  });
});
