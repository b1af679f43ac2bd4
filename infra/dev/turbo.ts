import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { root } from './paths.ts';

/** Runs a task of the workspaces, where its inputs have changed since it was run last. Answers the exit status. */
export function turbo(task: string, args: readonly string[] = []): number {
  const { status, error, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/turbo/bin/turbo'), 'run', task, '--output-logs=errors-only', ...args],
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
  return status ?? 1;
}
