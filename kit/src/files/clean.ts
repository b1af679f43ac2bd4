import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../pure/errors.ts';
import { exitFor } from './clean-limits.ts';
import type { FileRefusal, FileType } from './types.ts';

export interface CleanOptions {
  /** How many files are cleaned at once in this process; the others wait. */
  readonly atOnce?: number;
  /** A child that takes longer is ended, and its file not kept. */
  readonly withinMs?: number;
  /** The same for one that needs more memory, where the system tells how much that is. */
  readonly mostBytes?: number;
}

/** What takes the content that is kept of a picture; nothing comes out for a document, which is kept as it is. */
export interface CleanOutput {
  readonly whole: (content: Readable) => Promise<unknown>;
  readonly thumbnail: (content: Readable) => Promise<unknown>;
}

/**
 * Cleans a file: a picture is decoded and encoded anew, so that nothing of it is left but what can be seen, and a document
 * is looked through. Answers why it is not kept, or nothing. A fault of ours throws `UNAVAILABLE`: then nobody knows
 * what the file is, and it is tried again.
 */
export type Clean = (
  type: FileType,
  content: Readable,
  output: CleanOutput,
) => Promise<FileRefusal | undefined>;

const program = fileURLToPath(new URL('clean-child.ts', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const refusals = new Map(
  Object.entries(exitFor).map(([refusal, status]) => [status, refusal as FileRefusal]),
);
const watchEveryMs = 25;

/**
 * Each file is cleaned by a process of its own, which has nothing to take or to break: an empty environment, no files it may
 * write, no processes it may start, a deadline and a limit of memory. What makes a decoder crash ends that process alone,
 * and its file is one that cannot be read.
 */
export function createClean({
  atOnce = 2,
  withinMs = 30_000,
  mostBytes = 640 * 1024 * 1024,
}: CleanOptions = {}): Clean {
  const waiting: (() => void)[] = [];
  let free = atOnce;

  return async (type, content, output) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await cleanOne(type, content, output, { withinMs, mostBytes });
    } finally {
      content.destroy();
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

async function cleanOne(
  { kind }: FileType,
  content: Readable,
  output: CleanOutput,
  { withinMs, mostBytes }: Required<Omit<CleanOptions, 'atOnce'>>,
): Promise<FileRefusal | undefined> {
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=128',
      '--permission',
      '--allow-addons',
      `--allow-fs-read=${root}*`,
      '--disable-warning=SecurityWarning',
      '--disable-warning=ExperimentalWarning',
      program,
      kind,
    ],
    { env: { MALLOC_ARENA_MAX: '1' }, stdio: ['pipe', 'pipe', 'pipe', 'pipe'], cwd: root },
  );
  let ended: 'late' | 'large' | undefined;
  const end = (why: 'late' | 'large'): void => {
    ended ??= why;
    child.kill('SIGKILL');
  };
  // Where memory runs short, it is this process that the system ends and not the service.
  writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => {});
  const timer = setTimeout(() => end('late'), withinMs);
  const watch = setInterval(() => {
    void residentBytes(child.pid).then((bytes) => bytes > mostBytes && end('large'));
  }, watchEveryMs);
  try {
    const exit = new Promise<{ status: number | null; signal: string | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, signal) => resolve({ status, signal }));
    });
    const said = collect(child.stderr);
    const small = child.stdio[3] as Readable;
    const wrote =
      kind === 'picture'
        ? Promise.all([output.whole(child.stdout), output.thumbnail(small)])
        : Promise.resolve([child.stdout.resume(), small.resume()]);
    // A child that has seen enough stops reading, which is no fault of what feeds it.
    const fed = pipeline(content, child.stdin).catch((error: NodeJS.ErrnoException) => {
      if (
        error.code !== 'EPIPE' &&
        error.code !== 'ECONNRESET' &&
        error.code !== 'ERR_STREAM_PREMATURE_CLOSE'
      ) {
        child.kill('SIGKILL');
        throw error;
      }
    });
    const [{ status, signal }] = await Promise.all([exit, fed, wrote]);
    if (status === 0) return undefined;
    const refusal = refusals.get(status ?? -1);
    if (refusal !== undefined) return refusal;
    if (signal !== null || ended !== undefined) return 'UNREADABLE';
    throw new AppError('UNAVAILABLE', `a file could not be cleaned: ${status}`, {
      cause: new Error(await said),
    });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    child.kill('SIGKILL');
  }
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text = (text + String(chunk)).slice(-2_000);
  return text;
}

/** What a process holds in memory; 0 where the system does not say. */
async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
