import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../dev/paths.ts';

/** Makes what follows from the contracts and is not committed. Turbo skips the services whose contracts did not change. */
export function codegen(args: readonly string[]): Promise<number> {
  const { status, error, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/turbo/bin/turbo'), 'run', 'codegen', '--output-logs=errors-only', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      env: {
        ...process.env,
        // Turbo starts npm, which takes the first Node on the path: it has to be one that runs TypeScript.
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
        TURBO_TELEMETRY_DISABLED: '1',
        TURBO_NO_UPDATE_NOTIFIER: '1',
      },
    },
  );
  if (error !== undefined) throw error;
  // Turbo says much about itself; what it says of a fault is all that is wanted.
  if (status !== 0) process.stdout.write(stdout);
  return Promise.resolve(status ?? 1);
}
