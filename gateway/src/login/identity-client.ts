import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { AppError } from '@ranselpost/kit/pure/errors';
import { request } from 'undici';
import { z } from 'zod';

export type SignInWish =
  { readonly kind: 'guardian'; readonly number: string } | { readonly kind: 'staff'; readonly login: string };

/** Asks identity who somebody is. The number goes there once, in this call, and stays nowhere on our side (S-10). */
export type FindPerson = (wish: SignInWish) => Promise<string | undefined>;

const answersWithinMs = 3_000;
const answerSchema = z.object({ personId: z.uuid() });

export function createFindPerson(identityUrl: URL, signer: ActorSigner): FindPerson {
  const url = new URL('/sign-in', identityUrl);
  return async (wish) => {
    const token = await signer.sign({ kind: 'service', name: 'gateway' }, 'identity');
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(wish),
        signal: AbortSignal.timeout(answersWithinMs),
      });
      if (response.statusCode === 404) return void (await response.body.dump());
      if (response.statusCode !== 200) {
        await response.body.dump();
        throw new Error(`identity answered ${response.statusCode}`);
      }
      return answerSchema.parse(await response.body.json()).personId;
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'identity could not say who somebody is', { cause });
    }
  };
}
