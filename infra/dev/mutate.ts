import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { defaultDataDir, root } from './paths.ts';
import { Mendable, say } from './say.ts';

const identity = 'services/identity/src/domain';
const attendance = 'services/attendance/src/domain';
const placement = 'services/placement/src/domain';
const kit = 'kit/src/pure';

/** What decides about access, and the tests that have to notice when it is changed (security § 4.4). */
const targets: Readonly<Record<string, readonly string[]>> = {
  [`${identity}/policy.ts`]: [`${identity}/policy.test.ts`, `${identity}/policy-rules.test.ts`],
  [`${identity}/decisions.ts`]: [`${identity}/decisions.test.ts`],
  [`${identity}/restrictions.ts`]: [`${identity}/restrictions.test.ts`],
  [`${identity}/explain-policy.ts`]: [`${identity}/explain-policy.test.ts`],
  [`${identity}/feature-policy.ts`]: [`${identity}/feature-policy.test.ts`],
  [`${identity}/information-policy.ts`]: [`${identity}/information-policy.test.ts`],
  ...Object.fromEntries(
    ['consent', 'who-decides', 'viewers', 'application-view', 'outbound', 'safe-route'].map((name) => [
      `${identity}/${name}.ts`,
      [`${identity}/${name}.test.ts`],
    ]),
  ),
  [`${attendance}/policy.ts`]: [`${attendance}/policy.test.ts`, `${attendance}/policy-places.test.ts`],
  [`${placement}/policy.ts`]: [`${placement}/policy.test.ts`],
  [`${placement}/round-policy.ts`]: [`${placement}/round-policy.test.ts`],
  [`${kit}/grounds.ts`]: [`${kit}/grounds.test.ts`],
  [`${kit}/dispatch.ts`]: [`${kit}/dispatch.test.ts`],
  [`${kit}/features.ts`]: [`${kit}/features.test.ts`],
  [`${kit}/child-scope.ts`]: [`${kit}/child-scope.test.ts`],
  [`${kit}/guardian-set.ts`]: [`${kit}/guardian-set.test.ts`],
};
const wanted = 90;

interface MutationReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly location: { readonly start: { readonly line: number } };
        }[];
      }
    >
  >;
}

/**
 * Changes the policies in every small way that a mistake could, one at a time, and says which changes no test notices. The
 * tool is too heavy to be a dependency of everybody: it is installed under `.data/mutate`, beside copies of the sources.
 */
export async function mutate(args: readonly string[]): Promise<number> {
  const chosen = Object.entries(targets).filter(
    ([file]) => args.length === 0 || args.some((part) => file.includes(part)),
  );
  if (chosen.length === 0)
    throw new Mendable(`No policy is called so. There are: ${Object.keys(targets).join(', ')}.`);
  const folder = join(defaultDataDir, 'mutate');
  prepare(folder);
  let isGood = true;
  for (const [file, tests] of chosen) isGood = score(folder, file, tests) >= wanted && isGood;
  return isGood ? 0 : 1;
}

function prepare(folder: string): void {
  const own = readJson<{ devDependencies: Record<string, string> }>(join(root, 'package.json'))!;
  const dependencies = {
    '@stryker-mutator/core': '10.1.1',
    '@stryker-mutator/vitest-runner': '10.1.1',
    vitest: own.devDependencies['vitest']!,
  };
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, 'package.json'), { private: true, type: 'module', dependencies });
  if (!existsSync(join(folder, 'node_modules', '@stryker-mutator', 'core')))
    run(folder, 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund']);
  for (const part of ['kit', 'schema', 'services']) {
    rmSync(join(folder, part), { recursive: true, force: true });
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (from) => basename(from) !== 'node_modules',
    });
  }
  linkMissing(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Whatever else the sources import, from where everybody has it; our own packages from beside them. */
function linkMissing(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [there, here] = [join(from, name), join(to, name)];
    if (name.startsWith('@')) linkMissing(there, here);
    else if (!name.startsWith('.') && lstatSync(here, { throwIfNoEntry: false }) === undefined)
      symlinkSync(basename(from) === '@ranselpost' ? ownFolder(to, name) : there, here);
  }
}

function ownFolder(scope: string, name: string): string {
  const folder = join(scope, '..', '..');
  return existsSync(join(folder, name)) ? join(folder, name) : join(folder, 'services', name);
}

function score(folder: string, file: string, tests: readonly string[]): number {
  writeJson(join(folder, 'stryker.config.json'), {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.config.js', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    inPlace: true,
    reporters: ['json'],
    mutate: [file],
  });
  const config = JSON.stringify({ test: { include: tests } });
  writeFileSync(join(folder, 'vitest.config.js'), `export default ${config};\n`);
  const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  run(folder, process.execPath, [stryker, 'run']);
  const { files } = readJson<MutationReport>(join(folder, 'reports', 'mutation', 'mutation.json'))!;
  const mutants = Object.values(files).flatMap((one) => one.mutants);
  const missed = mutants.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  const noticed = mutants.filter(({ status }) => ['Killed', 'Timeout'].includes(status));
  const percent = (100 * noticed.length) / (noticed.length + missed.length);
  say(`${file}: ${percent.toFixed(1)} % of ${noticed.length + missed.length}`);
  for (const { mutatorName, replacement, location } of missed)
    say(`  line ${location.start.line}: ${mutatorName}: ${replacement ?? ''}`);
  return percent;
}

function run(folder: string, program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Mendable(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
}
