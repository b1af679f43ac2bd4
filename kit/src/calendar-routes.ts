import type { Log } from './log.ts';
import type { Actor } from './pure/actor.ts';
import { AppError, publicMessages } from './pure/errors.ts';
import type { Routes } from './subgraph.ts';

const secretForm = /^[\w-]{43}$/;
const statusOf: Readonly<Record<string, number>> = { NOT_FOUND: 404, UNAVAILABLE: 503 };

/**
 * `GET /calendar` for a guardian, where there is one of their own, and `GET /calendar/<secret>` for whoever knows the secret: nobody is signed in there, and the
 * gateway asks in its own name. For our own gateway, as everything that a service answers.
 */
export const calendarRoutes =
  ({
    own,
    at,
    log,
  }: {
    readonly own?: (actor: Actor) => Promise<string>;
    readonly at: (secret: string) => Promise<string>;
    readonly log: Log;
  }): Routes =>
  (http, actorOf) => {
    const answer = async (
      calendar: () => Promise<string>,
    ): Promise<{ status: number; type: string; body: string }> => {
      try {
        return { status: 200, type: 'text/calendar; charset=utf-8', body: await calendar() };
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'INTERNAL';
        if (code === 'INTERNAL') log.error('a calendar could not be given', { error });
        const body = JSON.stringify({ code, message: publicMessages[code] });
        return { status: statusOf[code] ?? 500, type: 'application/json', body };
      }
    };
    if (own !== undefined)
      http.get('/calendar', async (request, reply) => {
        const { status, type, body } = await answer(() => own(actorOf(request)));
        return reply.status(status).type(type).send(body);
      });
    http.get<{ Params: { readonly secret: string } }>('/calendar/:secret', async (request, reply) => {
      const { status, type, body } = await answer(async () => {
        const { secret } = request.params;
        if (actorOf(request).kind !== 'service' || !secretForm.test(secret)) throw new AppError('NOT_FOUND');
        return at(secret);
      });
      return reply.status(status).type(type).send(body);
    });
  };
