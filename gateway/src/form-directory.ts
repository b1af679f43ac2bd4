import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { AppError } from '@ranselpost/kit/pure/errors';
import { request } from 'undici';
import { z } from 'zod';

const answersWithinMs = 3_000;
/** How long it is given to everybody as it is: units come and go once a year. */
const freshMs = 60_000;
/** And how long while identity does not answer. */
const staleMs = 3_600_000;

const answerSchema = z.object({
  units: z.array(
    z.object({ id: z.uuid(), name: z.string(), kind: z.enum(['SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL']) }),
  ),
});
export type FormUnits = z.infer<typeof answerSchema>['units'];

/** The units that take contact forms, asked of identity once a minute whoever asks us how often (M22). */
export function createFormDirectory(
  identityUrl: URL,
  signer: ActorSigner,
  now: () => number = Date.now,
): () => Promise<FormUnits> {
  const url = new URL('/form-units', identityUrl);
  let known: { readonly units: FormUnits; readonly at: number } | undefined;
  let underWay: Promise<FormUnits> | undefined;
  const ask = async (): Promise<FormUnits> => {
    const token = await signer.sign({ kind: 'service', name: 'gateway' }, 'identity');
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{}',
      signal: AbortSignal.timeout(answersWithinMs),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`identity answered ${statusCode}`);
    }
    const { units } = answerSchema.parse(await body.json());
    known = { units, at: now() };
    return units;
  };
  return async () => {
    if (known !== undefined && now() - known.at < freshMs) return known.units;
    underWay ??= ask().finally(() => (underWay = undefined));
    try {
      return await underWay;
    } catch (cause) {
      if (known !== undefined && now() - known.at < staleMs) return known.units;
      throw new AppError('UNAVAILABLE', 'identity could not say which units take forms', { cause });
    }
  };
}
