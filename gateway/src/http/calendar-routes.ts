import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { type ActorSources, identify } from '../actor.ts';
import type { CalendarService } from '../calendar-service.ts';
import type { Rates } from './rates.ts';

export interface CalendarRouteOptions {
  readonly calendars: CalendarService;
  /** Of a child's days (decision 0047). */
  readonly days: CalendarService;
  readonly sources: ActorSources;
  readonly rates: Rates;
}

const addressForm = /^([\w-]{43})\.ics$/;

const send = (reply: FastifyReply, calendar: string): FastifyReply =>
  reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', 'attachment; filename="ranselpost.ics"')
    .send(calendar);

/**
 * `GET /calendar.ics` for whoever is signed in, and `GET /calendar/<secret>.ics`, or `/calendar/days/<secret>.ics` of a child's
 * days, for a program that knows the secret, which is all that it may do (M36). Both are counted as everything else is; a secret, by its hash, as if it were somebody.
 */
export function calendarRoutes(
  http: FastifyInstance,
  { calendars, days, sources, rates }: CalendarRouteOptions,
): void {
  http.get('/calendar.ics', async (request, reply) => {
    await rates.ofAddress(request);
    const caller = await identify(sources, request);
    await rates.ofActor(request, caller.key);
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new AppError('FORBIDDEN', 'a calendar for another site');
    return send(reply, await calendars.own(caller.actor, request.id));
  });
  for (const [path, service] of [
    ['/calendar/:address', calendars],
    ['/calendar/days/:address', days],
  ] as const)
    http.get<{ Params: { readonly address: string } }>(path, async (request, reply) => {
      await rates.ofAddress(request);
      const secret = addressForm.exec(request.params.address)?.[1];
      if (secret === undefined) throw new AppError('NOT_FOUND');
      await rates.ofActor(request, `calendar:${createHash('sha256').update(secret).digest('base64url')}`);
      return send(reply, await service.at(secret, request.id));
    });
}
