import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from '../keys.ts';

const version = 1;
const segmentBytes = 64 * 1024;
const tagBytes = 16;
const saltBytes = 16;

/**
 * Encrypts a stream in segments, each of them whole or nothing (AES-256-GCM), under a key of its own that is bound to the
 * name: content that is moved to another name, cut short, put together anew or changed does not open, and what is read is
 * never more than has been checked.
 */
export async function* sealStream(
  ring: KeyRing,
  name: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const keyId = Buffer.from(ring.current, 'utf8');
  const key = keyOf(ring, ring.current, salt, name);
  yield Buffer.concat([Buffer.of(version, keyId.length), keyId, salt]);
  let place = 0;
  for await (const { segment, isLast } of segmentsOf(content, segmentBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place, isLast));
    yield cipher.update(segment);
    yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
    place += 1;
  }
}

/** Opens what `sealStream` made for the same name. Throws at the first segment that does not hold. */
export async function* openStream(
  ring: KeyRing,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]();
  try {
    const head = await readHead(source);
    const key = keyOf(ring, head.keyId, head.salt, name);
    let place = 0;
    const rest = { [Symbol.asyncIterator]: () => prefixed(head.rest, source) };
    for await (const { segment, isLast } of segmentsOf(rest, segmentBytes + tagBytes)) {
      if (segment.length < tagBytes) throw new Error('sealed content was cut short');
      const opener = createDecipheriv('aes-256-gcm', key, nonceOf(place, isLast));
      opener.setAuthTag(segment.subarray(-tagBytes));
      const opened = opener.update(segment.subarray(0, -tagBytes));
      opener.final();
      yield opened;
      place += 1;
    }
  } finally {
    await source.return?.();
  }
}

function keyOf(ring: KeyRing, keyId: string, salt: Uint8Array, name: string): Uint8Array {
  const key = ring.keys.get(keyId);
  if (key === undefined) throw new Error(`no key ${keyId} in the ring`);
  return new Uint8Array(hkdfSync('sha256', key, salt, `file ${name}`, 32));
}

/** No two segments of a file share one, and the last is known as the last. */
function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(place, 4);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

async function readHead(source: AsyncIterator<Uint8Array>) {
  let read = Buffer.alloc(0);
  const needs = (): number => 2 + (read.length > 1 ? read[1]! : 0) + saltBytes;
  while (read.length < needs()) {
    const next = await source.next();
    if (next.done === true) throw new Error('sealed content was cut short');
    read = Buffer.concat([read, next.value]);
  }
  if (read[0] !== version) throw new Error('sealed in a way that is not known');
  const end = needs();
  return {
    keyId: read.subarray(2, end - saltBytes).toString('utf8'),
    salt: read.subarray(end - saltBytes, end),
    rest: read.subarray(end),
  };
}

async function* prefixed(first: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

/** Cuts a stream into segments of one size, the last of which may be shorter or empty. There is always a last one. */
async function* segmentsOf(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly segment: Buffer; readonly isLast: boolean }> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    parts.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    const all = Buffer.concat(parts);
    let from = 0;
    for (; length - from > size; from += size)
      yield { segment: all.subarray(from, from + size), isLast: false };
    parts = [all.subarray(from)];
    length -= from;
  }
  yield { segment: Buffer.concat(parts), isLast: true };
}
