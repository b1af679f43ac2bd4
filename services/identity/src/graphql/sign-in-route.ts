import { publicMessages } from '@ranselpost/kit/pure/errors';
import type { Routes } from '@ranselpost/kit/subgraph';
import { z } from 'zod';
import type { Deps } from '../usecases/deps.ts';
import { signInGuardian, signInStaff } from '../usecases/sign-in.ts';

const body = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guardian'), number: z.string().max(32) }),
  z.object({ kind: z.literal('staff'), login: z.string().min(1).max(320) }),
]);

const refusals = { 'number-not-accepted': 422, 'no-current-role': 404 } as const;

/**
 * The one question that is no graph: who has signed in. The gateway alone may ask it, for itself and before there is a
 * person to ask for. Numbers come in the body, so that no address, log or trace ever holds one (S-07).
 */
export const signInRoute =
  (deps: Deps): Routes =>
  (http, actorOf) => {
    http.post('/sign-in', async (request, reply) => {
      const actor = actorOf(request);
      if (actor.kind !== 'service' || actor.name !== 'gateway')
        return reply.status(403).send({ code: 'FORBIDDEN', message: publicMessages.FORBIDDEN });
      const asked = body.safeParse(request.body);
      if (!asked.success)
        return reply.status(400).send({ code: 'BAD_USER_INPUT', message: publicMessages.BAD_USER_INPUT });
      const answer =
        asked.data.kind === 'guardian'
          ? await signInGuardian(deps, asked.data.number)
          : await signInStaff(deps, asked.data.login);
      return answer.ok
        ? reply.send(answer.value)
        : reply.status(refusals[answer.refusal.kind]).send({ code: answer.refusal.kind });
    });
  };
