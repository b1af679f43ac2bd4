import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { AppError } from '../pure/errors.ts';
import { type FileStore, type StoredFile, checkName } from './store.ts';

const abandonedAfterMs = 3_600_000;

/** Files in a folder of ours, which several replicas may share. */
export function diskStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming');
  const shelfOf = (name: string): string => join(folder, checkName(name).slice(34, 36));

  return {
    put: async (name, content) => {
      const shelf = shelfOf(name);
      const temporary = join(incoming, randomUUID());
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      await mkdir(shelf, { recursive: true, mode: 0o700 });
      try {
        const target = createWriteStream(temporary, { mode: 0o600, flush: true });
        await pipeline(Readable.from(content, { objectMode: false }), target);
        await rename(temporary, join(shelf, name));
        await sync(shelf);
        return target.bytesWritten;
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    get: async (name) => {
      try {
        const file = await open(join(shelfOf(name), name));
        return createReadStream('', { fd: file, highWaterMark: 64 * 1024 });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
        throw new AppError('NOT_FOUND', 'no such stored file', { cause });
      }
    },
    remove: async (name) => {
      await rm(join(shelfOf(name), name), { force: true });
      await sync(shelfOf(name)).catch(() => {});
    },
    list: () => listFolder(folder, incoming),
  };
}

/** A new or a removed name is only there or gone for good when its folder has been written too. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Lists what lies there, and removes what a process left half written when it was ended. */
async function* listFolder(folder: string, incoming: string): AsyncGenerator<StoredFile> {
  const shelves = await readdir(folder).catch(() => []);
  for (const shelf of shelves) {
    const path = join(folder, shelf);
    for (const name of await readdir(path)) {
      const found = await stat(join(path, name)).catch(() => undefined);
      if (found === undefined) continue;
      if (path !== incoming) yield { name, writtenAt: found.mtime };
      else if (Date.now() - found.mtimeMs > abandonedAfterMs) await rm(join(path, name), { force: true });
    }
  }
}
