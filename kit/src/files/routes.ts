import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Actor } from '../pure/actor.ts';
import { AppError, publicMessages } from '../pure/errors.ts';
import type { Result } from '../pure/result.ts';
import type { Routes } from '../subgraph.ts';
import { textOfRefusal } from './refusal-texts.ts';
import type { FileRefusal } from './types.ts';

/** What the one who sent a file is told of it. `SCANNING`: it could not be looked at yet, and will be. */
export const sentFileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  state: z.enum(['SCANNING', 'READY']),
});
export type SentFile = Readonly<z.infer<typeof sentFileSchema>>;

export interface GivenFile {
  readonly content: Readable;
  readonly mediaType: string;
  readonly bytes: number | undefined;
  readonly name: string;
}

export interface FileRoutes {
  /** Takes in what somebody sends, as theirs. */
  readonly take: (actor: Actor, name: string, content: Readable) => Promise<Result<SentFile, FileRefusal>>;
  /** Gives what a link leads to, to whoever may have it now. Throws `NOT_FOUND` for everybody else. */
  readonly give: (actor: Actor, link: string) => Promise<GivenFile>;
  readonly log: Log;
}

const mostUnread = 64 * 1024 * 1024;

/**
 * What comes with a request, for whoever may stop reading before its end. It breaks off where the sender does. The rest of
 * what nobody reads to the end has to be let fall before there is an answer.
 */
export function contentOf(request: IncomingMessage): Readable {
  const content = request.pipe(new PassThrough());
  // It may break off before anybody reads it: whoever comes to read finds that then.
  content.on('error', () => {});
  request.once('close', () => {
    if (!request.readableEnded) content.destroy(new Error('the sender broke off'));
  });
  return content;
}

/**
 * Reads to the end what nobody wants any more, up to a point: who is still sending loses an answer that comes before, as
 * connections are closed and browsers made.
 */
export async function letFall(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  let unread = 0;
  const ended = new Promise((resolve) => request.once('end', resolve).once('close', resolve));
  request.unpipe();
  request.on('data', ({ length }: Buffer) => {
    unread += length;
    if (unread > mostUnread) request.destroy();
  });
  request.resume();
  await ended;
}

/** How a refused file is answered, here and at the gateway. */
export const refusalBody = (code: FileRefusal) => ({ refusal: { code, message: textOfRefusal(code) } });

const linkForm = /^[\w-]{20,200}$/;

/**
 * `POST /files` with the content as body and the name percent-encoded in `x-file-name`; `GET /files/<link>`. For our own
 * gateway, as everything that a service answers.
 */
export const fileRoutes =
  ({ take, give, log }: FileRoutes): Routes =>
  (http, actorOf) => {
    const answering =
      (answer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        try {
          return await answer(request, reply);
        } catch (error) {
          // Whoever sends has broken off: nothing is left of it, and nobody is there to be told.
          if (request.method === 'POST' && !request.raw.complete) return reply.status(400).send();
          const code = error instanceof AppError ? error.code : 'INTERNAL';
          if (code === 'INTERNAL') log.error('a file could not be taken or given', { error });
          else if (code === 'UNAVAILABLE') log.warn('a file could not be taken or given', { code, error });
          return reply.status(statusOf[code] ?? 500).send({ code, message: publicMessages[code] });
        }
      };

    void http.register(async (files) => {
      files.removeAllContentTypeParsers();
      files.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
        done(null, payload),
      );
      files.post(
        '/files',
        answering(async (request, reply) => {
          if (request.body === undefined) throw new AppError('BAD_USER_INPUT', 'no content');
          const content = contentOf(request.raw);
          const result = await take(actorOf(request), nameOf(request), content);
          if (result.ok) return reply.status(201).send({ file: result.value });
          await letFall(request.raw);
          return reply.status(422).send(refusalBody(result.refusal));
        }),
      );
      files.get<{ Params: { readonly link: string } }>(
        '/files/:link',
        answering(async (request, reply) => {
          const { link } = request.params as { readonly link: string };
          if (!linkForm.test(link)) throw new AppError('NOT_FOUND');
          const { content, mediaType, bytes, name } = await give(actorOf(request), link);
          if (bytes !== undefined) void reply.header('content-length', bytes);
          return reply.header('x-file-name', encodeURIComponent(name)).type(mediaType).send(content);
        }),
      );
    });
  };

const statusOf: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  FEATURE_CLOSED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** What a file is called by whoever sends it; of no weight but to be shown. */
function nameOf(request: FastifyRequest): string {
  const said = request.headers['x-file-name'];
  try {
    return typeof said === 'string' ? decodeURIComponent(said).slice(0, 1_000) : '';
  } catch {
    return '';
  }
}
