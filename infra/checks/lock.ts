import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths.ts';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The lock file: what is installed, for every platform. */
export const locked = Object.entries(
  (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> })
    .packages,
);

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly licence: string;
  readonly needs: readonly string[];
}

export interface Workspace {
  readonly name: string;
  readonly folder: string;
  /** What it needs to run, and what only its makers need. */
  readonly needs: readonly string[];
  readonly devNeeds: readonly string[];
}

const isOurs = (name: string): boolean => name.startsWith('@ranselpost/');

/** Some older packages say it in a list; a few say it only beside themselves. */
function licenceOf(folder: string, entry: Locked): string {
  if (entry.license !== undefined) return entry.license;
  const manifest = join(root, folder, 'package.json');
  if (!existsSync(manifest)) return 'unknown';
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    license?: string | { type: string };
    licenses?: readonly { type: string }[];
  };
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'unknown';
}

export const packages: readonly Package[] = locked
  .filter(([folder, entry]) => folder.includes('node_modules/') && entry.link !== true)
  .map(([folder, entry]) => ({
    name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version ?? '',
    folder,
    licence: licenceOf(folder, entry),
    needs: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }),
  }));

export const workspaces: readonly Workspace[] = locked
  .filter(([folder]) => !folder.includes('node_modules/'))
  .map(([folder, entry]) => ({
    name: folder === '' ? 'the root' : folder,
    folder,
    needs: Object.keys(entry.dependencies ?? {}).filter((name) => !isOurs(name)),
    devNeeds: Object.keys(entry.devDependencies ?? {}).filter((name) => !isOurs(name)),
  }));

/** Every package that some packages draw in, with themselves. */
export function drawnInBy(names: readonly string[]): ReadonlySet<string> {
  const needs = new Map<string, string[]>();
  for (const { name, needs: more } of packages) needs.set(name, [...(needs.get(name) ?? []), ...more]);
  const seen = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(needs.get(name) ?? []));
  }
  return seen;
}
