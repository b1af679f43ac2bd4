import { relative } from 'node:path';

/** What vitest writes with its JSON reporter, as far as we read it. */
export type TestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

export type Counts = { readonly passed: number; readonly failed: number };

/** A file that could not even be loaded has no tests to fail, and is one failure all the same. */
export function countTests(report: TestReport): Counts {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

const linesShown = 15;

function told(heading: string, messages: readonly string[]): string {
  const lines = messages.join('\n').split('\n').slice(0, linesShown);
  return [`FAILED ${heading}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What failed and how, a text for each: the run's own account may lie thousands of lines above its end. */
export function tellFailures(report: TestReport, root: string): readonly string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    if (status === 'failed' && assertionResults.length === 0) return [told(file, [message])];
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => told(`${file}: ${fullName}`, failureMessages));
  });
}
