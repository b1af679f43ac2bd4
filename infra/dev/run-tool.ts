import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

export type ToolResult = { readonly status: number; readonly output: string };

/** The program behind a command of node_modules/.bin: run by our own Node, whichever is first on the path. */
function programOf(packageName: string, command: string): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[command];
  if (file === undefined || !existsSync(join(folder, file)))
    throw new Error(`${packageName} has no ${command}`);
  return join(folder, file);
}

/** Runs a tool from the root. Its output is shown as it comes, or kept to be shown only where something is wrong. */
export async function runTool(
  [packageName, command]: readonly [packageName: string, command: string],
  args: readonly string[],
  {
    show = false,
    env = {},
  }: { readonly show?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ToolResult> {
  const child = spawn(process.execPath, [programOf(packageName, command), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (data) => (output += String(data)));
  child.stderr?.on('data', (data) => (output += String(data)));
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { status, output };
}
