import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import StreamZip from 'node-stream-zip';

/** The files of one delivery, whether they came zipped or not. */
export interface Folder {
  readonly names: readonly string[];
  open(name: string): Promise<Readable>;
  close(): Promise<void>;
}

export async function openDirectory(path: string): Promise<Folder> {
  const entries = await readdir(path, { withFileTypes: true });
  return {
    names: entries.filter((entry) => entry.isFile()).map(({ name }) => name),
    open: async (name) => createReadStream(join(path, name)),
    close: async () => {},
  };
}

/** Unpacked, all files together may be this big: a small zip can hold what fills any disk. */
const mostBytes = 1024 ** 3;

/** Nothing is written to disk: each file is unpacked while it is read, and its size and checksum must be what the zip says. */
export async function openZip(path: string): Promise<Folder> {
  const zip = new StreamZip.async({ file: path });
  try {
    const entries = await zip.entries();
    const total = Object.values(entries).reduce((sum, { size }) => sum + size, 0);
    if (total > mostBytes) throw new Error('unpacked it would be too big');
    return {
      names: Object.keys(entries),
      open: async (name) => Readable.from(await zip.stream(entries[name]!)),
      close: () => zip.close(),
    };
  } catch (error) {
    await zip.close();
    throw error;
  }
}
