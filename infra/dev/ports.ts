import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { commandLine } from './processes.ts';
import { Mendable } from './say.ts';

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(500, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/**
 * Whether a port is nobody's. Listening alone does not tell: some systems let us beside a server that has taken all
 * addresses, and "localhost" may lead to one that has only the IPv6 one.
 */
export async function isFree(port: number): Promise<boolean> {
  if (!(await canListen(port))) return false;
  return !(await answers(port, '127.0.0.1')) && !(await answers(port, '::1'));
}

/** Ports that the system calls free, all different; they are let go again, so use them soon. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A base from which every offset is free, for stacks that nobody chose a base for. */
export async function freePortBase(offsets: readonly number[]): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 20_000 + 200 * Math.floor(Math.random() * 50);
    const free = await Promise.all(offsets.map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Mendable('No free range of ports was found between 20000 and 30000: end what holds them.');
}

function listeningInodes(port: number): Set<string> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    try {
      for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
        const fields = line.trim().split(/\s+/);
        const local = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16);
        if (fields[3] === '0A' && local === port && fields[9] !== undefined) inodes.add(fields[9]);
      }
    } catch {
      // No such table here: the answer is then that nobody knows.
    }
  }
  return inodes;
}

function pidOfInode(inodes: ReadonlySet<string>): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
        if (inode !== undefined && inodes.has(inode)) return Number(pid);
      }
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return undefined;
}

/** Who listens on a port, in words; as far as this user may know. */
export function holderOf(port: number): string {
  let pid: number | undefined;
  if (process.platform === 'linux') pid = pidOfInode(listeningInodes(port));
  else {
    const shown = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' });
    pid = Number(shown.stdout?.split('\n')[0]) || undefined;
  }
  if (pid === undefined) return 'a process of another user';
  return `pid ${pid} (${commandLine(pid)?.slice(0, 80) ?? 'unknown'})`;
}

/** Refuses with one sentence that says what holds the ports and how to move out of the way. */
export async function requireFree(ports: ReadonlyMap<number, string>): Promise<void> {
  const taken: string[] = [];
  for (const [port, name] of ports) {
    if (!(await isFree(port))) taken.push(`  ${port} (${name}) is held by ${holderOf(port)}`);
  }
  if (taken.length === 0) return;
  throw new Mendable(
    `These ports are taken:\n${taken.join('\n')}\nEnd what holds them, or move this clone: RANSELPOST_PORT_BASE=14000 npm start`,
  );
}
