import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id alone may belong to a stranger after a crash or a restart; with its start time it is certain. */
export type Proof = { readonly pid: number; readonly started: string };

export type Launch = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly log: string;
  readonly uid?: number;
};

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** When the process began, or undefined when there is none (one that is dead and not yet reaped counts as none). */
export function startTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may itself hold brackets and blanks, so the fields are counted from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // The first thread of a killed process is gone before the others have let go of its ports.
      const hasEnded =
        fields[0] === 'X' || (fields[0] === 'Z' && readdirSync(`/proc/${pid}/task`).length < 2);
      return hasEnded ? undefined : `${bootId()}/${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const shown = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = shown.stdout.trim();
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}

/** What a process was started with, where this machine tells. */
export function commandLine(pid: number): string | undefined {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || undefined;
}

export function proofOf(pid: number): Proof | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isAlive(proof: Proof | undefined): boolean {
  return proof !== undefined && startTime(proof.pid) === proof.started;
}

/** Starts a process in a group of its own, so that Ctrl-C in the terminal reaches the launcher alone. */
export async function launch(what: Launch): Promise<Proof> {
  mkdirSync(dirname(what.log), { recursive: true });
  const log = openSync(what.log, 'a');
  try {
    const child = spawn(what.command, what.args, {
      cwd: what.cwd,
      env: what.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...(what.uid === undefined ? {} : { uid: what.uid, gid: what.uid }),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const pid = child.pid ?? 0;
    // One that has ended already leaves a proof that matches nothing, which is what it is.
    return proofOf(pid) ?? { pid, started: 'ended at once' };
  } finally {
    closeSync(log);
  }
}

function signal(proof: Proof, name: NodeJS.Signals, group = false): void {
  if (!isAlive(proof)) return;
  try {
    process.kill(group ? -proof.pid : proof.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export async function waitUntilGone(proof: Proof, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (isAlive(proof)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Asks with the first signal, waits, and only then insists. Says whether insisting was needed. */
export async function end(proof: Proof, name: NodeJS.Signals, limitMs: number): Promise<'asked' | 'forced'> {
  signal(proof, name);
  if (await waitUntilGone(proof, limitMs)) return 'asked';
  signal(proof, 'SIGKILL', true);
  await waitUntilGone(proof, 5_000);
  return 'forced';
}

export function killHard(proof: Proof): void {
  signal(proof, 'SIGKILL', true);
}

/** The last lines that a part wrote, for the one who has to find out why it failed. */
export function lastLines(log: string, count = 20): string {
  try {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count);
    return lines.map((line) => (line.length > 500 ? `${line.slice(0, 500)} …` : line)).join('\n');
  } catch {
    return '(no log was written)';
  }
}
