/** What of AMQP 0-9-1 a server needs that only hands messages out: its frames and the types in them. */
export const frameTypes = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;
export const frameMax = 131_072;
const frameEnd = 0xce;

export interface Frame {
  readonly type: number;
  readonly channel: number;
  readonly payload: Buffer;
}

/** Takes whole frames off the front of what has come. Throws where they do not end as frames do. */
export function takeFrames(received: Buffer): { readonly frames: readonly Frame[]; readonly rest: Buffer } {
  const frames: Frame[] = [];
  let at = 0;
  while (received.length - at >= 8) {
    const size = received.readUInt32BE(at + 3);
    if (size > frameMax) throw new Error('a frame is too large');
    if (received.length - at < size + 8) break;
    const payload = received.subarray(at + 7, at + 7 + size);
    if (received[at + 7 + size] !== frameEnd) throw new Error('a frame does not end');
    frames.push({ type: received[at]!, channel: received.readUInt16BE(at + 1), payload });
    at += size + 8;
  }
  return { frames, rest: received.subarray(at) };
}

export function frame(type: number, channel: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([frameEnd])]);
}

export const u8 = (value: number): Buffer => Buffer.from([value]);
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
export const u64 = (value: number): Buffer =>
  Buffer.concat([u32(Math.floor(value / 2 ** 32)), u32(value >>> 0)]);
export function shortText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u8(bytes.length), bytes]);
}
export function longText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u32(bytes.length), bytes]);
}
/** A table of texts. */
export function table(values: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(values).flatMap(([key, value]) => [
    shortText(key),
    Buffer.from('S'),
    longText(value),
  ]);
  const bytes = Buffer.concat(entries);
  return Buffer.concat([u32(bytes.length), bytes]);
}

/** Reads the arguments of a method one after another. */
export class Arguments {
  readonly #bytes: Buffer;
  #at: number;
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  #take(size: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    return taken;
  }
  u8 = (): number => this.#take(1).readUInt8();
  u16 = (): number => this.#take(2).readUInt16BE();
  u32 = (): number => this.#take(4).readUInt32BE();
  u64 = (): number => Number(this.#take(8).readBigUInt64BE());
  shortText = (): string => this.#take(this.u8()).toString();
  longText = (): string => this.#take(this.u32()).toString();
  /** What is in it, nobody here asks. */
  table = (): void => void this.#take(this.u32());
}
