import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  /** A stream is not held: its size and sum stand behind it. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

const stored = 0;
const deflated = 8;
/** Some who read streams take a size that stands behind for none but what is deflated. */
const sizeBehind = 0x0008;
const blockMost = 0xffff;
const lastBlock = Buffer.of(1, 0, 0, 0xff, 0xff);

/** Writes a zip container as it is made, uncompressed: what goes in is pictures and PDF. One entry is asked for after the other. */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let written = 0;
  const put = (bytes: Uint8Array): Uint8Array => {
    written += bytes.length;
    return bytes;
  };
  for await (const { name, content } of entries) {
    const file = Buffer.from(name);
    const place = written;
    const head = { method: stored, flags: 0, sum: 0, packed: 0, size: 0 };
    if (content instanceof Uint8Array) {
      Object.assign(head, { sum: crc32(content), packed: content.length, size: content.length });
      yield put(localHead(head, file));
      yield put(content);
    } else {
      Object.assign(head, { method: deflated, flags: sizeBehind });
      yield put(localHead(head, file));
      const from = written;
      for await (const chunk of content) {
        head.sum = crc32(chunk, head.sum);
        head.size += chunk.length;
        for (let at = 0; at < chunk.length; at += blockMost) {
          const block = chunk.subarray(at, at + blockMost);
          yield put(blockHead(block.length));
          yield put(block);
        }
      }
      yield put(lastBlock);
      head.packed = written - from;
      yield put(numbers([4, 0x08074b50], [4, head.sum], [4, head.packed], [4, head.size]));
    }
    directory.push(directoryEntry(head, file, place));
  }
  const [from, count] = [written, directory.length];
  for (const entry of directory) yield put(entry);
  yield numbers([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, written - from], [4, from], [2, 0]);
}

interface Head {
  readonly method: number;
  readonly flags: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
}

const noTime = 0;
const firstDay = 0x21;
const common = ({ method, flags, sum, packed, size }: Head, name: Buffer): readonly Field[] => [
  ...([[2, 20], [2, flags], [2, method], [2, noTime], [2, firstDay]] as const), // prettier-ignore
  ...([[4, sum], [4, packed], [4, size], [2, name.length], [2, 0]] as const), // prettier-ignore
];
const localHead = (head: Head, name: Buffer): Buffer =>
  Buffer.concat([numbers([4, 0x04034b50], ...common(head, name)), name]);
const directoryEntry = (head: Head, name: Buffer, place: number): Buffer =>
  Buffer.concat([
    numbers([4, 0x02014b50], [2, 20], ...common(head, name), [2, 0], [2, 0], [2, 0], [4, 0], [4, place]),
    name,
  ]);
/** A block of a deflated stream that is stored as it is. */
const blockHead = (length: number): Buffer => numbers([1, 0], [2, length], [2, ~length & 0xffff]);

type Field = readonly [bytes: number, value: number];

function numbers(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of fields) at = bytes.writeUIntLE(value, at, length);
  return bytes;
}
