import { within } from '@ranselpost/kit/deadline';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyRequest } from 'fastify';
import { type Session, toActor } from './domain/session.ts';
import { sessionSecretOf } from './http/cookies.ts';
import type { MachineTokens } from './machine-tokens.ts';
import type { Sessions } from './sessions.ts';
import type { Tablets } from './tablets.ts';

/** Who sends a request, as we have verified it ourselves (S-01). */
export type Caller =
  | { readonly by: 'session'; readonly actor: Actor; readonly key: string; readonly session: Session }
  | { readonly by: 'token'; readonly actor: Actor; readonly key: string };

export interface ActorSources {
  readonly sessions: Sessions;
  readonly tablets: Pick<Tablets, 'isPaired'>;
  readonly machineTokens: MachineTokens;
}

const lookUpMs = 2_000;

/** Who may ask at a door: most are closed to a shared tablet, which a session at one is refused at. */
export type Door = 'for people' | 'for tablets too';

/**
 * Finds out who sends a request, from its cookie or its bearer token and from nothing else. One with both is refused: a
 * page that can make a browser send a token must not get the browser's session with it.
 */
export async function identify(
  { sessions, tablets, machineTokens }: ActorSources,
  request: FastifyRequest,
  door: Door = 'for people',
): Promise<Caller> {
  const secret = sessionSecretOf(request);
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
    if (secret !== undefined || token === undefined) throw new AppError('UNAUTHENTICATED');
    const actor = await machineTokens(token);
    return { by: 'token', actor, key: `client:${actor.clientId}` };
  }
  const session = await within(lookUpMs, 'finding a session', sessions.findOften(secret));
  if (session === undefined) throw new AppError('UNAUTHENTICATED');
  if (session.at !== null) {
    if (door === 'for people') throw new AppError('FORBIDDEN', 'not at a shared tablet');
    if (!(await tablets.isPaired(session.at.tabletId))) {
      await sessions.endAtTablet(session.at.tabletId);
      throw new AppError('UNAUTHENTICATED');
    }
  }
  return { by: 'session', actor: toActor(session), key: `session:${session.id}`, session };
}
