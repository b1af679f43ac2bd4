/** What vitest writes with its JSON reporter, as far as we read it. */
export type TestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly unknown[];
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
