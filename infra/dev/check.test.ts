import { describe, expect, test } from 'vitest';
import { runChecks } from './check.ts';
import { countTests } from './test-report.ts';

describe('running checks', () => {
  test('runs all of them, shows what failed, and counts', async () => {
    const told: string[] = [];
    const outcome = await runChecks(
      [
        { name: 'good', run: async () => ({ status: 0, output: 'not shown' }) },
        { name: 'bad', run: async () => ({ status: 1, output: 'what is wrong' }) },
        { name: 'missing', run: () => Promise.reject(new Error('no such tool')) },
        { name: 'last', run: async () => ({ status: 0, output: '' }) },
      ],
      (line) => void told.push(line),
    );
    expect(outcome).toEqual({ passed: 2, failed: 2 });
    expect(told.join('\n')).toMatch(
      /good +ok[^]*bad +FAILED[^]*what is wrong[^]*missing +FAILED[^]*no such tool[^]*last +ok/,
    );
    expect(told.join('\n')).not.toContain('not shown');
  });
});

describe('counting tests', () => {
  test('counts a file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}, {}, {}] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(countTests(report)).toEqual({ passed: 3, failed: 2 });
  });
});
