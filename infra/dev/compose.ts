import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configReference, partConfigs } from '../codegen/config-reference.ts';
import { catalogueFiles } from '../codegen/event-catalogue.ts';
import {
  breakingChanges,
  composeSupergraph,
  readSubgraphs,
  releasedFile,
  supergraphFile,
} from '../codegen/supergraph.ts';
import { root } from './paths.ts';
import { say } from './say.ts';

/** Folders that hold nothing but what is made here, so that a file nobody makes any more goes. */
const madeFolders = ['schema/json-schema'];

/** Everything that follows from the contracts and is committed, because a reviewer needs to see what changes for others. */
export async function composed(): Promise<ReadonlyMap<string, string>> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return new Map([
    [supergraphFile, composeSupergraph(readSubgraphs())],
    ...catalogueFiles(version),
    ['docs/config.md', configReference(await partConfigs())],
  ]);
}

/** The files, from the root, that are not what they would be if they were made now. */
export function stale(made: ReadonlyMap<string, string>): string[] {
  const changed = [...made].filter(([file, text]) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, 'utf8') !== text;
  });
  const left = madeFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => !made.has(file));
  return [...changed.map(([file]) => file), ...left];
}

/** Makes what is committed and follows from the contracts; `--check` only looks, `--release` also keeps the graph as released. */
export async function compose(args: readonly string[]): Promise<number> {
  const made = await composed();
  const supergraph = made.get(supergraphFile)!;
  const released = join(root, releasedFile);
  const breaking = existsSync(released)
    ? await breakingChanges(readFileSync(released, 'utf8'), supergraph)
    : [];
  for (const change of breaking) say(`  breaks callers of the last release: ${change}`);
  const old = stale(made);
  if (args.includes('--check')) {
    for (const file of old) say(`  ${file} is stale: run npm run compose and commit what it makes.`);
    return old.length + breaking.length === 0 ? 0 : 1;
  }
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const file of old) {
    const text = made.get(file);
    if (text === undefined) rmSync(join(root, file));
    else write(file, text);
    say(`  ${text === undefined ? 'removed' : 'wrote'} ${file}`);
  }
  if (args.includes('--release')) write(releasedFile, supergraph);
  return 0;
}
