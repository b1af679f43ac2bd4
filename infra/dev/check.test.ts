import { describe, expect, test } from 'vitest';
import { runChecks } from './check.ts';
import { countTests, tellFailures } from './test-report.ts';

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

describe('the report of a run', () => {
  const passed = { fullName: 'all is well', status: 'passed', failureMessages: [] };
  const failed = {
    fullName: 'the door is shut',
    status: 'failed',
    failureMessages: ['expected open to be shut\n  at x.ts'],
  };
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { name: '/clone/a.test.ts', status: 'passed', message: '', assertionResults: [passed, passed] },
      { name: '/clone/in/b.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
      { name: '/clone/c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  };

  test('counts a file that could not be loaded as a failure', () => {
    expect(countTests(report)).toEqual({ passed: 3, failed: 2 });
  });

  test('says where each failure was and how, and nothing of what passed', () => {
    expect(tellFailures(report, '/clone')).toEqual([
      'FAILED in/b.test.ts: the door is shut\n  expected open to be shut\n    at x.ts',
      'FAILED c.test.ts\n  no such module',
    ]);
  });
});
