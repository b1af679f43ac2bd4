import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { AppError } from '../pure/errors.ts';

/** Asks a scanner whether content holds malware. Throws `UNAVAILABLE` when it does not say so in time. */
export type Scan = (content: Readable) => Promise<'CLEAN' | 'FOUND'>;

export interface ScannerOptions {
  /** Where clamd listens: `tcp://host:port` or `unix:/path`. */
  readonly address: URL;
  /** How long it may be silent, at any point. */
  readonly silentMs?: number;
  readonly withinMs?: number;
}

const longestAnswer = 1_000;

/** A client of ClamAV's daemon, with its INSTREAM command: content goes over the connection, and no path does. */
export function createScan({ address, silentMs = 10_000, withinMs = 60_000 }: ScannerOptions): Scan {
  const where =
    address.protocol === 'unix:'
      ? { path: address.pathname }
      : { host: address.hostname.replace(/^\[|\]$/g, ''), port: Number(address.port || '3310') };

  return async (content) => {
    const socket = connect(where);
    const late = setTimeout(() => socket.destroy(new Error('it took too long')), withinMs);
    socket.setTimeout(silentMs, () => socket.destroy(new Error('it is silent')));
    try {
      const answered = answerOf(socket);
      // It may answer before it has seen all, and then reads no more: what counts is the answer.
      const [answer] = await Promise.all([answered, Promise.race([send(content, socket), answered])]);
      if (/^stream: OK$/.test(answer)) return 'CLEAN';
      if (/^stream: .+ FOUND$/.test(answer)) return 'FOUND';
      throw new Error('it did not say what the content is');
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'the scanner could not be asked', { cause });
    } finally {
      clearTimeout(late);
      content.destroy();
      socket.destroy();
    }
  };
}

async function send(content: Readable, socket: NodeJS.WritableStream): Promise<void> {
  const write = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  await write(Buffer.from('zINSTREAM\0'));
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (chunk.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    await write(Buffer.concat([length, chunk]));
  }
  await write(Buffer.alloc(4));
}

async function answerOf(socket: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += chunk.toString('latin1');
    const end = text.indexOf('\0');
    if (end >= 0) return text.slice(0, end);
    if (text.length > longestAnswer) break;
  }
  throw new Error('it hung up');
}
