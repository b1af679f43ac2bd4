import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance } from 'fastify';
import { type ActorSources, identify } from '../actor.ts';
import type { LiveStream, LiveStreams } from '../live/streams.ts';
import type { Rates } from './rates.ts';

export interface LiveRouteOptions {
  readonly sources: ActorSources;
  readonly streams: LiveStreams;
  readonly rates: Rates;
}

const mostUnread = 64 * 1024;

/** `GET /live`: server-sent events for whoever is signed in. Only hints go out, so a stream holds no data of anybody. */
export function liveRoute(http: FastifyInstance, { sources, streams, rates }: LiveRouteOptions): void {
  http.get('/live', async (request, reply) => {
    await rates.ofAddress(request);
    const caller = await identify(sources, request, 'for tablets too');
    if (caller.by !== 'session') throw new AppError('FORBIDDEN', 'live streams are for people');
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin')
      throw new AppError('FORBIDDEN', 'a stream for another site');
    await rates.ofActor(request, caller.key);
    const { session } = caller;
    const { raw } = reply;
    const stream: LiveStream = {
      sessionId: session.id,
      personId: session.personId,
      kind: session.kind,
      at: session.at,
      write: (text) => {
        // A reader who does not read is cut off instead of being stored for.
        if (raw.writableLength > mostUnread) raw.destroy();
        else raw.write(text);
      },
      end: () => {
        remove();
        raw.end();
      },
    };
    const remove = streams.add(stream);
    raw.once('close', remove);
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) raw.setHeader(name, value);
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    raw.setHeader('x-accel-buffering', 'no');
    reply.hijack();
    raw.writeHead(200);
    // Whatever ends a stream while it opens, the browser has been told to come back.
    stream.write('retry: 1000\n\n');
    if (!(await lives(sources, session.id))) stream.end();
  });
}

/** The session may have ended after it was looked up and before the stream could be found. */
async function lives({ sessions }: ActorSources, sessionId: string): Promise<boolean> {
  try {
    return (await sessions.living([sessionId])).has(sessionId);
  } catch {
    return false;
  }
}
