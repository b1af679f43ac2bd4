import serveStatic from '@fastify/static';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance } from 'fastify';
import { policyOf } from './headers.ts';

/** What pages of the portal may do: nothing but what comes from here. Pictures in the style sheet are `data:`, and one's own upload is `blob:`. */
const portalPolicy = policyOf({
  ...{ 'font-src': "'self'", 'manifest-src': "'self'", 'worker-src': "'self'" },
  ...{ 'img-src': "'self' data: blob:", 'require-trusted-types-for': "'script'" },
  // The one address of a script that is not in the page itself: the worker's.
  'trusted-types': 'worker',
});

/** Files of the portal whose names say what is in them never change; the page that names them is asked for anew each time. */
const isForever = (path: string): boolean => path.includes('/assets/');

/** Serves the portal as it was built, from our own origin: each page of it is the same file, and its script sees to the rest. */
export async function portalRoutes(http: FastifyInstance, folder: string): Promise<void> {
  await http.register(serveStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', isForever(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (/\.html(\.\w+)?$/.test(path)) reply.header('content-security-policy', portalPolicy);
    },
  });
  http.get('/*', (request, reply) => {
    if (request.headers.accept?.includes('text/html') !== true) throw new AppError('NOT_FOUND');
    return reply.sendFile('index.html');
  });
}
