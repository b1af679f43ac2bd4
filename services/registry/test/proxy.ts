import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';

export interface Proxy {
  readonly url: string;
  /** Paths and answers that went through, oldest first. */
  readonly seen: readonly {
    readonly path: string;
    readonly status: number;
    readonly etag: string | undefined;
  }[];
  /** The most requests for a path that were under way at the same time. */
  mostAtOnce(path: string): number;
  close(): Promise<void>;
}

/** Stands before a register and watches what goes through. */
export async function startProxy(target: string): Promise<Proxy> {
  const seen: { path: string; status: number; etag: string | undefined }[] = [];
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', target);
    const change = (by: number) => {
      const now = (underWay.get(pathname) ?? 0) + by;
      underWay.set(pathname, now);
      most.set(pathname, Math.max(most.get(pathname) ?? 0, now));
    };
    change(1);
    outgoing.once('close', () => change(-1));
    const { headers, method = 'GET' } = incoming;
    const onward = forward(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
      seen.push({ path: incoming.url ?? '', status: answer.statusCode ?? 0, etag: headers['if-none-match'] });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    mostAtOnce: (path) =>
      Math.max(0, ...[...most].filter(([pathname]) => pathname.endsWith(path)).map(([, count]) => count)),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
