import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Mendable, step, type Say } from './say.ts';

/** A program that the machine has, or gets from Debian's packages. */
export interface DebianProgram {
  /** The package, which is what it is called here. */
  readonly name: string;
  /** What it may be called on a PATH, best first. */
  readonly commands: readonly string[];
  /** How else to get it, where there is no apt, as what comes after "install it, or". */
  readonly otherwise: string;
  /** How to get it on macOS. */
  readonly brew: string;
  /** What to do once it is installed. */
  readonly installed?: () => void;
}

/** A user's PATH often leaves out the folders where packages put servers. */
const usual = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

export function findProgram(
  { commands }: Pick<DebianProgram, 'commands'>,
  path = process.env['PATH'] ?? '',
): string | undefined {
  const folders = [...path.split(delimiter), ...usual].filter((folder) => folder !== '');
  return commands
    .flatMap((command) => folders.map((folder) => join(folder, command)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly hasApt: boolean;
};

const thisMachine = (): Machine => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  hasApt: existsSync('/usr/bin/apt-get') && /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8')),
});

/** The one sentence for a machine on which we may not install it ourselves; undefined where we may. */
export function howToMend({ name, brew, otherwise }: DebianProgram, machine: Machine): string | undefined {
  const start = `No ${name} was found on this machine`;
  if (machine.platform === 'darwin') return `${start}: install it with "${brew}" and start again.`;
  if (machine.platform === 'linux' && machine.hasApt) {
    if (machine.isRoot) return undefined;
    return `${start}: install it with "sudo apt-get install --no-install-recommends ${name}" and start again.`;
  }
  return `${start}: install it, or ${otherwise}, and start again.`;
}

function run(name: string, command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(command, args, { encoding: 'utf8', env });
  if (result.status === 0) return;
  throw new Mendable(
    `"${command} ${args.join(' ')}" failed, so ${name} could not be installed; install it by hand and start again.\n${result.stderr}`,
  );
}

/** Where the program is; installed first where we may. */
export async function debianProgram(program: DebianProgram, tell: Say): Promise<string> {
  const found = findProgram(program);
  if (found !== undefined) return found;
  const mend = howToMend(program, thisMachine());
  if (mend !== undefined) throw new Mendable(mend);
  const { name } = program;
  await step(tell, `installing ${name} with apt`, async () => {
    run(name, 'apt-get', ['update']);
    run(name, 'apt-get', ['install', '-y', '--no-install-recommends', name]);
    program.installed?.();
  });
  const installed = findProgram(program);
  if (installed === undefined) throw new Mendable(`${name} was installed, but is not on the PATH.`);
  return installed;
}

export const nats: DebianProgram = {
  name: 'nats-server',
  commands: ['nats-server'],
  brew: 'brew install nats-server',
  otherwise: 'run "docker run -p 4222:4222 nats -js" and set NATS_URL=nats://127.0.0.1:4222',
  // The package starts a server of its own on machines with systemd; ours has its own port, users and storage.
  installed: () => void spawnSync('systemctl', ['disable', '--now', 'nats-server']),
};

export const natsServer = (tell: Say): Promise<string> => debianProgram(nats, tell);

const chromium: DebianProgram = {
  name: 'chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome'],
  brew: 'brew install --cask chromium',
  otherwise: 'put a "chromium" of your own on the PATH',
};

/** The browser that the portal is tested in. */
export const chromiumBrowser = (tell: Say): Promise<string> => debianProgram(chromium, tell);
