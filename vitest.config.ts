import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const database = ['**/*.db.test.ts', '**/*.access.test.ts'];
const journeys = [
  'gateway/test/journeys/**/*.test.ts',
  'gateway/test/matrix/*.journey.test.ts',
  'portal/test/**/*.test.ts',
];
/** Whole visits of people of each kind, on phones and desks: a command of its own, as they take longer than all else. */
const visits = ['portal/journeys/**/*.test.ts'];
const house = ['infra/checks/**/*.test.ts', 'gateway/test/matrix/coverage.test.ts'];
const never = [...configDefaults.exclude, '**/.data/**', '**/.tools/**'];
/** What puts something else in the place of a module may not meet tests that have read the real one. */
const alone = globSync('{gateway,infra,kit,schema,services}/**/*.test.ts', {
  cwd: import.meta.dirname,
}).filter((file) => readFileSync(new URL(file, import.meta.url), 'utf8').includes('vi.mock('));

/** Reading every module anew for each file costs as much as its tests: all files of a worker share what was read. */
const shared = { isolate: false } as const;

/** They share one stack, so one file at a time decides what state it is in. */
const onOneStack = {
  exclude: never,
  globalSetup: ['infra/dev/stack.setup.ts'],
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 240_000,
};

/** Journeys after all others: those that open rounds of admission, as the matrix knows of none, and the hunt for leaks. */
const last = ['whoever-has-applied-is-told-why', 'whoever-needs-after-school-care-applies', 'nothing-leaks'];

/**
 * Journeys share one stack and come in the same order in each run, by name. The hunt for leaks looks at what all others
 * have left behind, so it comes after them.
 */
class JourneysInOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = files.filter(({ project }) => project.name !== 'journeys');
    const place = ({ moduleId }: TestSpecification): string => {
      const at = last.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? moduleId : `~${at}`;
    };
    const inOrder = files
      .filter((file) => !others.includes(file))
      .toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
    return [...(await super.sort(others)), ...inOrder];
  }
}

export default defineConfig({
  // Vite would take graphql's ES modules and Node, inside our dependencies, its CommonJS: two copies do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    // The machines that run this have two cores, and what waits for Postgres or NATS leaves them to a third.
    maxWorkers: 3,
    sequence: { sequencer: JourneysInOrder },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, ...database, ...journeys, ...visits, ...house, ...alone],
          ...shared,
          pool: 'threads',
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: database,
          exclude: [...never, ...journeys, ...alone],
          ...shared,
          globalSetup: ['infra/dev/test-services.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          exclude: never,
          globalSetup: ['infra/dev/test-services.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'journeys', include: journeys, ...onOneStack } },
      { extends: true, test: { name: 'portal', include: visits, ...onOneStack } },
      {
        extends: true,
        test: { name: 'house', include: house, exclude: never, testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
