import { createHash, randomBytes } from 'node:crypto';
import { openStream, sealStream } from './sealed-stream.ts';
import type { FileStore } from './store.ts';

/** What opens content that waits to be brought out, and what it has to be. Whoever has lost it cannot read that content again. */
export interface OutgoingKey {
  /** 32 bytes in base64, for this content alone. */
  readonly key: string;
  readonly bytes: number;
  /** Of the content, in hex (ARK-06). */
  readonly sha256: string;
}

/** What the content of an id is called. */
export const outgoing = (id: string): string => `${id}.out`;

const ringOf = (key: Uint8Array) => ({ current: '1', keys: new Map([['1', key]]) });

/**
 * Puts content into a place, sealed under a key that nobody has but whom the answer is given to; never in memory as a whole. Every
 * try wants an id of its own: two at once under one would leave the content of the one and the key of the other.
 */
export async function putOutgoing(
  place: FileStore,
  id: string,
  content: AsyncIterable<Uint8Array>,
): Promise<OutgoingKey> {
  const key = randomBytes(32);
  const sum = createHash('sha256');
  let bytes = 0;
  const summed = async function* () {
    for await (const chunk of content) {
      sum.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  await place.put(outgoing(id), sealStream(ringOf(key), outgoing(id), summed()));
  return { key: key.toString('base64'), bytes, sha256: sum.digest('hex') };
}

/** Reads what `putOutgoing` put there. Throws, at the latest at its end, when it is not what it has to be. */
export async function* readOutgoing(
  place: Pick<FileStore, 'get'>,
  id: string,
  { key, bytes, sha256 }: OutgoingKey,
): AsyncGenerator<Buffer> {
  const sum = createHash('sha256');
  let read = 0;
  const ring = ringOf(Buffer.from(key, 'base64'));
  for await (const chunk of openStream(ring, outgoing(id), await place.get(outgoing(id)))) {
    sum.update(chunk);
    read += chunk.length;
    yield chunk;
  }
  if (read !== bytes || sum.digest('hex') !== sha256)
    throw new Error('outgoing content is not what was put there');
}

/** Leaves nothing of it. */
export const removeOutgoing = (place: FileStore, id: string): Promise<void> => place.remove(outgoing(id));
