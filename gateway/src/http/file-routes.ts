import { contentOf, letFall, refusalBody } from '@ranselpost/kit/files/routes';
import { maxFileBytes, typeOf } from '@ranselpost/kit/files/types';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { type ActorSources, type Caller, identify } from '../actor.ts';
import type { FileService } from '../file-service.ts';
import type { Rates } from './rates.ts';
import { requireSameOrigin } from './same-origin.ts';
import { mayTakeLong } from './server.ts';

export interface FileRouteOptions {
  /** The services that keep files, by where theirs come in and go out. */
  readonly services: Readonly<Record<`/${string}`, FileService>>;
  readonly sources: ActorSources;
  readonly rates: Rates;
  readonly ownOrigin: string;
  /** Files on their way in or out at once. */
  readonly maxAtOnce: number;
}

const silentMs = 20_000;
/** What is opened from it may run nothing, load nothing and know nothing of us. */
const policyOfFiles = "default-src 'none'; sandbox; frame-ancestors 'none'";

/**
 * `POST` with the content as body and its name percent-encoded in `x-file-name`, and `GET …/<link>`, for each of the services: `/files`,
 * `/documents`. Who asks is known before anything is read, and content goes through at the pace of the slower side.
 */
export function fileRoutes(
  http: FastifyInstance,
  { services, sources, rates, ownOrigin, maxAtOnce }: FileRouteOptions,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  let underWay = 0;

  /** Takes one of the places there are for files; it is given back when the answer is out or the caller is gone. */
  const enter = async (request: FastifyRequest, reply: FastifyReply): Promise<Caller> => {
    if (underWay >= maxAtOnce) throw new AppError('UNAVAILABLE', 'too many files under way');
    underWay += 1;
    reply.raw.once('close', () => {
      underWay -= 1;
    });
    await rates.ofAddress(request);
    const caller = await identify(sources, request);
    await rates.ofActor(request, caller.key);
    callers.set(request, caller);
    return caller;
  };

  const callOf = (request: FastifyRequest, reply: FastifyReply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return { actor: callers.get(request)!.actor, requestId: request.id, signal: gone.signal };
  };

  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

    for (const [path, files] of Object.entries(services)) {
      scope.post(path, {
        config: mayTakeLong,
        onRequest: async (request, reply) => {
          const caller = await enter(request, reply);
          if (caller.by === 'session') requireSameOrigin(request, ownOrigin);
        },
        handler: async (request, reply) => {
          if (request.body === undefined)
            throw new AppError('BAD_USER_INPUT', 'content as application/octet-stream');
          endWhenSilent(request.raw);
          // Told before it comes, it need not be passed on.
          if (Number(request.headers['content-length']) > maxFileBytes) {
            await letFall(request.raw);
            return reply.status(422).send(refusalBody('TOO_LARGE'));
          }
          const name = request.headers['x-file-name'];
          const call = callOf(request, reply);
          const content = contentOf(request.raw);
          const { status, body } = await files.send(call, typeof name === 'string' ? name : '', content);
          return reply.status(status).send(body);
        },
      });

      scope.get<{ Params: { readonly link: string } }>(`${path}/:link`, {
        onRequest: async (request, reply) => {
          await enter(request, reply);
          const site = request.headers['sec-fetch-site'];
          if (site !== undefined && site !== 'same-origin' && site !== 'none')
            throw new AppError('FORBIDDEN', 'a file for another site');
        },
        handler: async (request, reply) => {
          const { content, mediaType, bytes, name } = await files.fetch(
            callOf(request, reply),
            request.params.link,
          );
          if (bytes !== undefined) void reply.header('content-length', bytes);
          return reply
            .header('content-security-policy', policyOfFiles)
            .header('content-disposition', `attachment; filename*=UTF-8''${encode(name)}`)
            .type(typeOf(mediaType)?.mediaType ?? 'application/octet-stream')
            .send(content);
        },
      });
    }
  });
}

/** Whoever sends nothing for a while keeps a place from others. */
function endWhenSilent(request: IncomingMessage): void {
  const { socket } = request;
  const end = (): void => void request.destroy();
  socket.setTimeout(silentMs, end);
  request.once('close', () => socket.setTimeout(0).off('timeout', end));
}

/** As RFC 8187 wants it. */
const encode = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
