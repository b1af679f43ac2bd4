import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { AppError } from '@ranselpost/kit/pure/errors';
import { Pool } from 'undici';
import { z } from 'zod';
import type { AtTablet } from './domain/session.ts';
import { hashOf } from './secret.ts';

/** What a paired device shows before anybody is let in. */
const shownSchema = z.object({
  unit: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }),
  groups: z.array(z.object({ id: z.uuid(), name: z.string() })),
  staff: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
const atSchema = z.object({ tabletId: z.uuid(), unitId: z.uuid() });

export type ShownTablet = z.infer<typeof shownSchema>;

/** Shared tablets, as identity knows them. Of a device's secret it is sent the hash. */
export interface Tablets {
  /** Pairs a device by a code; false where there is no such code. */
  pair(code: string, secret: string): Promise<boolean>;
  look(secret: string): Promise<ShownTablet | undefined>;
  /** Where a PIN has let somebody in; undefined where it has not, whyever. */
  enter(secret: string, personId: string, pin: string): Promise<AtTablet | undefined>;
  /**
   * Whether a tablet is paired still, as identity has said within half a minute. Beside the word that it is not any more, which a
   * gateway that the bus does not reach never hears; one that nobody can vouch for is closed after a minute (S-04).
   */
  isPaired(tabletId: string): Promise<boolean>;
  /** Has it asked about anew. */
  forget(tabletId: string): void;
  close(): Promise<void>;
}

const patience = { headersTimeout: 3_000, bodyTimeout: 3_000, connect: { timeout: 1_000 }, connections: 8 };
const askedAfterMs = 30_000;
const closedAfterMs = 60_000;
const mostRemembered = 10_000;

export function createTablets(identityUrl: URL, signer: ActorSigner): Tablets {
  const pool = new Pool(identityUrl.origin, patience);
  const vouchedFor = new Map<string, number>();
  const ask = async (name: string, body: object): Promise<unknown> => {
    const token = await signer.sign({ kind: 'service', name: 'gateway' }, 'identity');
    try {
      const answer = await pool.request({
        ...{ method: 'POST', path: `/tablets/${name}`, body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      const text = await answer.body.text();
      // What is malformed is nobody's, as what is not there.
      if (answer.statusCode === 404 || answer.statusCode === 400) return undefined;
      if (answer.statusCode !== 200) throw new Error(`identity answered ${answer.statusCode}`);
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'identity could not say what it knows of a tablet', { cause });
    }
  };
  const hashed = (secret: string) => ({ secretHash: hashOf(secret).toString('hex') });
  return {
    pair: async (code, secret) => (await ask('pair', { code, ...hashed(secret) })) !== undefined,
    look: async (secret) => shownSchema.optional().parse(await ask('look', hashed(secret))),
    enter: async (secret, personId, pin) =>
      atSchema.optional().parse(await ask('enter', { ...hashed(secret), personId, pin })),
    isPaired: async (tabletId) => {
      const now = performance.now();
      const age = now - (vouchedFor.get(tabletId) ?? -Infinity);
      if (age < askedAfterMs) return true;
      try {
        const isStill = (await ask('check', { tabletId })) !== undefined;
        if (vouchedFor.size >= mostRemembered) vouchedFor.clear();
        if (isStill) vouchedFor.set(tabletId, now);
        else vouchedFor.delete(tabletId);
        return isStill;
      } catch (error) {
        if (age < closedAfterMs) return true;
        throw error;
      }
    },
    forget: (tabletId) => void vouchedFor.delete(tabletId),
    close: () => pool.destroy(),
  };
}
