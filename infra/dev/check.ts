import { seconds, say } from './say.ts';
import { runTool, type ToolResult } from './run-tool.ts';

export type CheckStep = { readonly name: string; readonly run: () => Promise<ToolResult> };

const tool =
  (packageName: string, command: string, ...args: string[]): CheckStep['run'] =>
  () =>
    runTool([packageName, command], args);

/** Our own commands print as they go; whether they succeed is all that is kept. */
const own = (run: () => Promise<number>): CheckStep['run'] => {
  return async () => ({ status: await run(), output: '' });
};

/** Everything that is checked, in the order that tells most soonest. All of it runs, also after something failed. */
export const checkSteps: readonly CheckStep[] = [
  { name: 'generated types', run: own(async () => (await import('../codegen/command.ts')).codegen([])) },
  {
    name: 'format',
    run: tool(
      'prettier',
      'prettier',
      '--check',
      '--cache',
      '--cache-strategy',
      'content',
      '--log-level',
      'warn',
      '.',
    ),
  },
  { name: 'lint', run: tool('oxlint', 'oxlint', '--type-aware', '--quiet') },
  { name: 'types', run: tool('typescript', 'tsc', '-p', 'tsconfig.json') },
  { name: 'types of the portal', run: tool('typescript', 'tsc', '-p', 'portal/tsconfig.json') },
  {
    name: 'graph',
    run: tool('eslint', 'eslint', '--config', 'infra/checks/eslint.config.js', 'schema/subgraphs'),
  },
  { name: 'unused code', run: tool('knip', 'knip') },
  { name: 'composition', run: own(async () => (await import('./compose.ts')).compose(['--check'])) },
  { name: 'house', run: tool('vitest', 'vitest', 'run', '--project', 'house') },
];

export type CheckOutcome = { readonly passed: number; readonly failed: number };

export async function runChecks(steps: readonly CheckStep[] = checkSteps, tell = say): Promise<CheckOutcome> {
  let passed = 0;
  for (const { name, run } of steps) {
    const began = performance.now();
    const { status, output } = await run().catch((error: unknown) => ({ status: 1, output: String(error) }));
    tell(`  ${name.padEnd(20)} ${status === 0 ? 'ok    ' : 'FAILED'} ${seconds(began).padStart(8)}`);
    if (status === 0) passed += 1;
    else if (output.trim() !== '') tell(`\n${output.trim()}\n`);
  }
  return { passed, failed: steps.length - passed };
}

export async function check(): Promise<number> {
  const { passed, failed } = await runChecks();
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

export async function format(): Promise<number> {
  return (await runTool(['prettier', 'prettier'], ['--write', '--log-level', 'warn', '.'], { show: true }))
    .status;
}
