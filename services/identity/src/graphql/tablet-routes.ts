import { publicMessages } from '@ranselpost/kit/pure/errors';
import type { Routes } from '@ranselpost/kit/subgraph';
import { z } from 'zod';
import type { Deps } from '../usecases/deps.ts';
import { enterTablet, isPaired, lookAtTablet, useCode } from '../usecases/enter-tablet.ts';

const secretHash = z
  .string()
  .regex(/^[\da-f]{64}$/)
  .transform((text) => Buffer.from(text, 'hex'));
const bodies = {
  pair: z.object({ code: z.string().max(40), secretHash, formerSecretHash: secretHash.nullable() }),
  look: z.object({ secretHash }),
  enter: z.object({ secretHash, personId: z.uuid(), pin: z.string().max(40) }),
  check: z.object({ tabletId: z.uuid() }),
};

/** What devices ask that are paired, or want to be, before there is a person to ask for: through the gateway, which has their secrets' hash. */
export const tabletRoutes =
  (deps: Deps): Routes =>
  (http, actorOf) => {
    const route = <Name extends keyof typeof bodies>(
      name: Name,
      answer: (body: z.infer<(typeof bodies)[Name]>) => Promise<object | undefined>,
    ): void =>
      void http.post(`/tablets/${name}`, async (request, reply) => {
        const actor = actorOf(request);
        if (actor.kind !== 'service' || actor.name !== 'gateway')
          return reply.status(403).send(told('FORBIDDEN'));
        const body = bodies[name].safeParse(request.body);
        if (!body.success) return reply.status(400).send(told('BAD_USER_INPUT'));
        const found = await answer(body.data as z.infer<(typeof bodies)[Name]>);
        return found === undefined ? reply.status(404).send(told('NOT_FOUND')) : reply.send(found);
      });
    route('pair', async (body) => {
      const tabletId = await useCode(deps, body);
      return tabletId === undefined ? undefined : { tabletId };
    });
    route('look', (body) => lookAtTablet(deps, body.secretHash));
    route('enter', (body) => enterTablet(deps, body));
    route('check', async ({ tabletId }) => ((await isPaired(deps, tabletId)) ? {} : undefined));
  };

const told = (code: 'FORBIDDEN' | 'BAD_USER_INPUT' | 'NOT_FOUND') => ({
  code,
  message: publicMessages[code],
});
