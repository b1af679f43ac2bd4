import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { RosterItem } from '../domain/roster.ts';
import { type Folder, openDirectory, openZip } from './oneroster/folder.ts';
import { readOneRoster } from './oneroster/read.ts';
import { readRoster as readPifu } from './pifu/read.ts';

/** A roster that can be read from its beginning. `digest` says whether it is the one that was begun before. */
export interface RosterFile {
  readonly digest: string;
  read(): AsyncIterable<RosterItem>;
}

/** A folder or a zip is OneRoster; a file by itself is PIFU-IMS. */
export async function openRosterFile(path: string): Promise<RosterFile> {
  if ((await stat(path)).isDirectory())
    return {
      digest: await digestOf(await openDirectory(path)),
      read: () => oneRosterIn(() => openDirectory(path)),
    };
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return {
    digest: digest.digest('hex'),
    read: (await isZip(path))
      ? () => oneRosterIn(() => openZip(path))
      : () => readPifu(createReadStream(path, { encoding: 'utf8' })),
  };
}

async function* oneRosterIn(openFolder: () => Promise<Folder>): AsyncGenerator<RosterItem> {
  let folder: Folder;
  try {
    folder = await openFolder();
  } catch {
    yield { kind: 'fault', fault: { kind: 'not-a-roster', file: null, line: 0, what: 'zip' } };
    return;
  }
  try {
    yield* readOneRoster(folder);
  } finally {
    await folder.close();
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}

async function digestOf(folder: Folder): Promise<string> {
  const digest: Hash = createHash('sha256');
  for (const name of folder.names.toSorted()) {
    digest.update(`${name}\n`);
    for await (const chunk of await folder.open(name)) digest.update(chunk as Buffer);
  }
  return digest.digest('hex');
}
