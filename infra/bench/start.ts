import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portsOf } from '../dev/part.ts';
import { parts } from '../dev/parts.ts';
import { root } from '../dev/paths.ts';
import { freePortBase } from '../dev/ports.ts';
import { natsOffset, postgresOffset } from '../dev/surroundings.ts';
import { median, report, rounded } from './figures.ts';

const warmRounds = 3;
const folder = mkdtempSync(join(tmpdir(), 'ranselpost-bench-'));
const clone = join(folder, 'clone');
const portBase = await freePortBase([
  ...parts.flatMap((part) => portsOf(part, 0)),
  postgresOffset,
  natsOffset,
]);
const environment = { ...process.env, RANSELPOST_PORT_BASE: String(portBase) };

function npm(...args: string[]): { readonly seconds: number; readonly output: string } {
  const began = performance.now();
  const run = spawnSync('npm', args, { cwd: clone, env: environment, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
  return { seconds: (performance.now() - began) / 1000, output: run.stdout };
}

/** What the bootstrap says that it fetched: it depends on the network, so it is told apart. */
const fetched = (output: string): number =>
  [...output.matchAll(/^.*(?:installing|packages|node ).*?(\d+\.\d) s$/gim)].reduce(
    (sum, [, seconds]) => sum + Number(seconds),
    0,
  );

try {
  execFileSync('git', ['clone', '-q', root, clone]);
  const cold = npm('start', '--', '--detach');
  process.stdout.write(cold.output);
  npm('stop');
  const warm: number[] = [];
  for (let round = 0; round < warmRounds; round += 1) {
    warm.push(npm('start', '--', '--detach').seconds);
    npm('stop');
  }
  report('start', {
    cold_s: rounded(cold.seconds),
    cold_packages_s: rounded(fetched(cold.output)),
    cold_beyond_packages_s: rounded(cold.seconds - fetched(cold.output)),
    warm_s: rounded(median(warm)),
  });
} finally {
  spawnSync('npm', ['stop'], { cwd: clone, env: environment });
  rmSync(folder, { recursive: true, force: true });
}
