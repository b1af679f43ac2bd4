import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/**
 * Answers how a server is stopped, and is called before it listens: what was asked is answered, and connections on which nothing
 * has been asked are ended. Node takes these for busy, and waits for a browser that has only connected in advance.
 */
export function stopHttp(http: FastifyInstance): () => Promise<void> {
  const silent = new Set<Socket>();
  let isStopping = false;
  http.server.on('connection', (socket) => {
    if (isStopping) return void socket.destroy();
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  http.server.on('request', ({ socket }) => silent.delete(socket));
  return async () => {
    isStopping = true;
    for (const socket of silent) socket.destroy();
    await http.close();
  };
}
