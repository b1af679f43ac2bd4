import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Mendable, step, type Say } from './say.ts';

const name = 'nats-server';

/** A user's PATH often leaves out the folders where packages put servers. */
const usual = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

export function findNatsServer(path = process.env['PATH'] ?? ''): string | undefined {
  return [...path.split(delimiter), ...usual]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
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

export const thisMachine = (): Machine => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  hasApt: existsSync('/usr/bin/apt-get') && /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8')),
});

/** The one sentence for a machine on which we may not install it ourselves; undefined where we may. */
export function howToMend(machine: Machine): string | undefined {
  const start = 'No nats-server was found on this machine';
  if (machine.platform === 'darwin')
    return `${start}: install it with "brew install nats-server" and start again.`;
  if (machine.platform === 'linux' && machine.hasApt) {
    if (machine.isRoot) return undefined;
    return `${start}: install it with "sudo apt-get install --no-install-recommends nats-server" and start again.`;
  }
  return `${start}: install it, or run "docker run -p 4222:4222 nats -js" and set NATS_URL=nats://127.0.0.1:4222, and start again.`;
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(command, args, { encoding: 'utf8', env });
  if (result.status === 0) return;
  throw new Mendable(
    `"${command} ${args.join(' ')}" failed, so nats-server could not be installed; install it by hand and start again.\n${result.stderr}`,
  );
}

export async function natsServer(tell: Say): Promise<string> {
  const found = findNatsServer();
  if (found !== undefined) return found;
  const mend = howToMend(thisMachine());
  if (mend !== undefined) throw new Mendable(mend);
  await step(tell, 'installing nats-server with apt', async () => {
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', '--no-install-recommends', name]);
    // The package starts a server of its own on machines with systemd; ours has its own port, users and storage.
    spawnSync('systemctl', ['disable', '--now', name]);
  });
  const installed = findNatsServer();
  if (installed === undefined) throw new Mendable('nats-server was installed, but is not on the PATH.');
  return installed;
}
