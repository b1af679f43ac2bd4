import { Readable } from 'node:stream';
import type { KeyRing } from '../keys.ts';
import { openStream, sealStream } from './sealed-stream.ts';

/** Where content lies, by name. Whole or not at all, and never in memory as a whole. */
export interface FileStore {
  /** Answers how many bytes there were. When `content` throws, nothing is left of it, and what was there before stays. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<number>;
  /** Throws `NOT_FOUND` where nothing lies under the name. */
  get(name: string): Promise<Readable>;
  /** Leaves nothing under the name, also when there was nothing. */
  remove(name: string): Promise<void>;
  list(): AsyncIterable<StoredFile>;
}

export interface StoredFile {
  readonly name: string;
  readonly writtenAt: Date;
}

const nameForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[a-z]{1,8})?$/;

/** A name is an id and perhaps an ending, so that it can neither lead anywhere else nor say anything. */
export function checkName(name: string): string {
  if (!nameForm.test(name)) throw new Error('no name of a stored file');
  return name;
}

/** A store of which the place itself can read nothing: what is put there is sealed under its name. */
export const sealedStore = (store: FileStore, ring: KeyRing): FileStore => ({
  ...store,
  put: async (name, content) => {
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of content) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    await store.put(name, sealStream(ring, name, counted()));
    return bytes;
  },
  get: async (name) => {
    const sealed = await store.get(name);
    const content = Readable.from(openStream(ring, name, sealed), { objectMode: false });
    return content.once('close', () => sealed.destroy());
  },
});
