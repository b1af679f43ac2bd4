import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '../codegen/command.ts';
import { readJson } from './files.ts';
import { compiled, defaultDataDir, root } from './paths.ts';
import { freePorts } from './ports.ts';
import { runTool } from './run-tool.ts';
import { Mendable, say, seconds } from './say.ts';
import { type Counts, type TestReport, countTests, tellFailures } from './test-report.ts';
import { startTestServices, type TestServices } from './test-services.ts';

const folder = join(defaultDataDir, 'test');

async function servicesOnFreePorts(): Promise<TestServices> {
  const [postgresPort = 0, natsPort = 0] = await freePorts(2);
  return startTestServices({ folder, postgresPort, natsPort, tell: say });
}

type Round = Counts & { readonly failures: readonly string[] };

/**
 * The whole stack of the journeys comes up when everything else is done: idle beside it, it would take its share of the machine.
 * Visits in a browser, `npm run test:portal`, are asked for by name.
 */
const rounds: readonly (readonly string[])[] = [
  ['--project=!journeys', '--project=!portal'],
  ['--project=journeys'],
];

/** All tests, or those that the arguments choose as vitest does. Ends with one line that says how many passed and failed. */
export async function test(args: readonly string[]): Promise<number> {
  const began = performance.now();
  if ((await codegen([])) !== 0) throw new Mendable('The generated types could not be made; see above.');
  const services = await servicesOnFreePorts();
  const total = { passed: 0, failed: 0 };
  const failures: string[] = [];
  try {
    for (const round of args.length > 0 ? [args] : rounds) {
      const { passed, failed, failures: ofRound } = await runRound(round, services);
      total.passed += passed;
      total.failed += failed;
      failures.push(...ofRound);
    }
    for (const failure of failures) say(failure);
    say(`Tests took ${seconds(began)}`);
    say(`${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 ? 0 : 1;
  } finally {
    await services.stop();
  }
}

async function runRound(args: readonly string[], services: TestServices): Promise<Round> {
  const report = join(folder, `report-${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  try {
    const { status } = await runTool(
      ['vitest', 'vitest'],
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      {
        show: true,
        env: {
          TEST_POSTGRES_ADMIN_URL: services.postgresAdminUrl,
          TEST_NATS_URL: services.natsUrl,
          NODE_COMPILE_CACHE: compiled,
        },
      },
    );
    const written = readJson<TestReport>(report) ?? { numPassedTests: 0, numFailedTests: 0, testResults: [] };
    const counts = countTests(written);
    const isGood = status === 0 && counts.failed === 0 && counts.passed > 0;
    // Something outside of any test may have failed, a set-up for one; the line must not look as if all were well.
    return {
      ...counts,
      failed: isGood ? 0 : Math.max(1, counts.failed),
      failures: tellFailures(written, root),
    };
  } finally {
    rmSync(report, { force: true });
  }
}

function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
}

/** For a shell of one's own: starts what tests need, on two ports of one's choice or free ones, until it is ended. */
export async function testServices(args: readonly string[]): Promise<number> {
  const [postgresPort, natsPort] = args.map(Number);
  const services =
    postgresPort === undefined || natsPort === undefined
      ? await servicesOnFreePorts()
      : await startTestServices({ folder, postgresPort, natsPort, tell: say });
  say(`export TEST_POSTGRES_ADMIN_URL=${services.postgresAdminUrl}`);
  say(`export TEST_NATS_URL=${services.natsUrl}`);
  const alive = setInterval(() => undefined, 60_000);
  await untilAskedToEnd();
  clearInterval(alive);
  await services.stop();
  return 0;
}
