import { type AddressInfo, type Socket, createServer } from 'node:net';

/** How the scanner behaves: well, without an answer, hanging up at once, or talking nonsense. */
export const clamdModes = ['WELL', 'SILENT', 'DOWN', 'GARBAGE'] as const;
export type ClamdMode = (typeof clamdModes)[number];

/** The industry's harmless test file, put together here so that this source is not found to be one. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
);
const mostBytes = 30 * 1024 * 1024;

export interface Clamd {
  readonly address: string;
  readonly scans: () => number;
  set(mode: ClamdMode): void;
  close(): Promise<void>;
}

/**
 * ClamAV's daemon as far as we speak to it: `PING`, `VERSION` and `INSTREAM`, each begun with `z` and ended with a zero. It
 * knows one signature. `zMODE <mode>` is no command of the real one: it sets how this one behaves.
 */
export async function startClamd({ port = 0, host = '127.0.0.1' } = {}): Promise<Clamd> {
  let mode: ClamdMode = 'WELL';
  let scans = 0;
  const open = new Set<Socket>();

  const serve = async (socket: Socket): Promise<void> => {
    const reader = readerOf(socket);
    const command = await reader.line();
    const wish = /^zMODE (\w+)$/.exec(command)?.[1];
    if (wish !== undefined) {
      const known = clamdModes.find((one) => one === wish);
      if (known !== undefined) mode = known;
      return void socket.end(known === undefined ? 'UNKNOWN MODE\0' : `${known}\0`);
    }
    if (mode === 'DOWN') return void socket.destroy();
    if (mode === 'GARBAGE') return void socket.end('\u0001\u0002 what?\0');
    if (command === 'zPING') return void socket.end('PONG\0');
    if (command === 'zVERSION') return void socket.end('ClamAV 1.4.6/1/simulated\0');
    if (command !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0');
    scans += 1;
    const answer = await scan(reader);
    if (mode !== 'SILENT') socket.end(`${answer}\0`);
  };

  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scans: () => scans,
    set: (wanted) => {
      mode = wanted;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function scan(reader: Reader): Promise<string> {
  let total = 0;
  let found = false;
  let tail = Buffer.alloc(0);
  for (;;) {
    const length = (await reader.bytes(4)).readUInt32BE();
    if (length === 0) return found ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
    total += length;
    if (total > mostBytes) return 'INSTREAM size limit exceeded. ERROR';
    const seen = Buffer.concat([tail, await reader.bytes(length)]);
    found ||= seen.includes(eicar);
    tail = seen.subarray(-eicar.length);
  }
}

interface Reader {
  /** What comes before the next zero. */
  line(): Promise<string>;
  bytes(length: number): Promise<Buffer>;
}

function readerOf(socket: Socket): Reader {
  const source = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const next = await source.next();
    if (next.done === true) throw new Error('it hung up');
    held = Buffer.concat([held, next.value]);
  };
  const take = (length: number): Buffer => {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  return {
    line: async () => {
      while (!held.includes(0)) await more();
      return take(held.indexOf(0) + 1)
        .subarray(0, -1)
        .toString('latin1');
    },
    bytes: async (length) => {
      while (held.length < length) await more();
      return take(length);
    },
  };
}
