import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths.ts';

const made = new Set(['node_modules', '.git', '.data', '.tools', '.turbo', 'generated', 'coverage']);

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (made.has(entry.name)) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** What is committed or about to be; without git, as in an unpacked archive, everything that is not made by a command. */
function list(): string[] {
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const files = status === 0 ? stdout.split('\0').filter((file) => file !== '') : walk('');
  return [...new Set(files)].filter((file) => existsSync(join(root, file))).toSorted();
}

const all = list();

/** The files of the repository, from its root, under a folder. */
export const tracked = (folder = ''): readonly string[] => {
  const inside = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return all.filter((file) => file === folder || file.startsWith(inside));
};

export const readTracked = (file: string): string => readFileSync(join(root, file), 'utf8');

/** True for a file that holds text; the others are nobody's to read. */
export const isText = (file: string): boolean =>
  !/\.(png|jpg|jpeg|gif|ico|webp|woff2?|pdf|zip|gz)$/.test(file);

/** The services, by the names of their folders. */
export const services: readonly string[] = [
  ...new Set(
    tracked('services').flatMap((file) => /^services\/([^/]+)\/package\.json$/.exec(file)?.[1] ?? []),
  ),
];

/** The services that are part of the graph. */
export const subgraphs: readonly string[] = [
  ...new Set(
    tracked('schema/subgraphs').flatMap((file) => /^schema\/subgraphs\/([^/]+)\//.exec(file)?.[1] ?? []),
  ),
];

/** Those of the services that have begun: a folder with no start yet is nothing to judge. */
export const builtServices: readonly string[] = services.filter((service) =>
  all.includes(`services/${service}/src/main.ts`),
);
