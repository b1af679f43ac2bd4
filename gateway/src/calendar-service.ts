import type { ActorSigner } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { Pool } from 'undici';

/** The service that writes calendars, as the gateway speaks to it. */
export interface CalendarService {
  /** A guardian's own. Throws `NOT_FOUND` for who has none. */
  own(actor: Actor, requestId: string): Promise<string>;
  /** The one at a secret address. Throws `NOT_FOUND` where there is none. */
  at(secret: string, requestId: string): Promise<string>;
  close(): Promise<void>;
}

const patience = { headersTimeout: 8_000, bodyTimeout: 8_000, connect: { timeout: 1_000 }, connections: 8 };

export function createCalendarService(url: URL, audience: string, signer: ActorSigner): CalendarService {
  const pool = new Pool(url.origin, patience);
  const ask = async (actor: Actor, path: string, requestId: string): Promise<string> => {
    const headers = {
      authorization: `Bearer ${await signer.sign(actor, audience)}`,
      'x-request-id': requestId,
    };
    const answer = await pool.request({ method: 'GET', path, headers }).catch((cause: unknown) => {
      throw new AppError('UNAVAILABLE', 'the service that writes calendars did not answer', { cause });
    });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return text;
    throw new AppError(
      answer.statusCode === 404 ? 'NOT_FOUND' : 'UNAVAILABLE',
      `the service that writes calendars answered ${answer.statusCode}`,
    );
  };
  return {
    own: (actor, requestId) => ask(actor, '/calendar', requestId),
    at: (secret, requestId) => ask({ kind: 'service', name: 'gateway' }, `/calendar/${secret}`, requestId),
    close: () => pool.destroy(),
  };
}
