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
  /** Pairs a device by a code, which is not the tablet any more that it was by `former`; false where there is no such code. */
  pair(code: string, secret: string, former: string | undefined): Promise<boolean>;
  look(secret: string): Promise<ShownTablet | undefined>;
  /** Where a PIN has let somebody in; undefined where it has not, whyever. */
  enter(secret: string, personId: string, pin: string): Promise<AtTablet | undefined>;
  /**
   * Whether a tablet is paired still, as identity has said within half a minute. Beside the word that it is not any more, which a
   * gateway that the bus does not reach never hears; one that nobody can vouch for is closed after a minute (S-04).
   */
  isPaired(tabletId: string): Promise<boolean>;
  /** The same, as identity says at this moment: for what is about to be opened. */
  isPairedNow(tabletId: string): Promise<boolean>;
  /** Trusts nothing that was said of a tablet before: it was taken away. */
  forget(tabletId: string): void;
  close(): Promise<void>;
}

/** Letting somebody in takes identity longer than anything else, and may not keep those waiting who are in. */
const entriesAtOnce = 4;
const patience = { headersTimeout: 3_000, bodyTimeout: 3_000, connect: { timeout: 1_000 }, connections: 8 };
const askedAfterMs = 30_000;
const closedAfterMs = 60_000;
const mostRemembered = 10_000;

export function createTablets(identityUrl: URL, signer: ActorSigner): Tablets {
  const pool = new Pool(identityUrl.origin, patience);
  const entries = new Pool(identityUrl.origin, { ...patience, connections: entriesAtOnce });
  const vouchedFor = new Map<string, number>();
  /** When a tablet was said to have been taken away: what was asked before is no word for it. */
  const takenAway = new Map<string, number>();
  const remember = (known: Map<string, number>, tabletId: string, at: number): void => {
    if (known.size >= mostRemembered) known.clear();
    known.set(tabletId, at);
  };
  const ask = async (name: string, body: object, by = pool): Promise<unknown> => {
    const token = await signer.sign({ kind: 'service', name: 'gateway' }, 'identity');
    try {
      const answer = await by.request({
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
  const isPairedNow = async (tabletId: string): Promise<boolean> => {
    const askedAt = performance.now();
    const isStill = (await ask('check', { tabletId })) !== undefined;
    if (!isStill || (takenAway.get(tabletId) ?? -Infinity) >= askedAt) vouchedFor.delete(tabletId);
    else remember(vouchedFor, tabletId, askedAt);
    return isStill;
  };
  return {
    pair: async (code, secret, former) => {
      const formerSecretHash = former === undefined ? null : hashed(former).secretHash;
      return (await ask('pair', { code, ...hashed(secret), formerSecretHash })) !== undefined;
    },
    look: async (secret) => shownSchema.optional().parse(await ask('look', hashed(secret))),
    enter: async (secret, personId, pin) =>
      atSchema.optional().parse(await ask('enter', { ...hashed(secret), personId, pin }, entries)),
    isPairedNow,
    isPaired: async (tabletId) => {
      const age = performance.now() - (vouchedFor.get(tabletId) ?? -Infinity);
      if (age < askedAfterMs) return true;
      try {
        return await isPairedNow(tabletId);
      } catch (error) {
        if (age < closedAfterMs) return true;
        throw error;
      }
    },
    forget: (tabletId) => {
      vouchedFor.delete(tabletId);
      remember(takenAway, tabletId, performance.now());
    },
    close: async () => void (await Promise.all([pool.destroy(), entries.destroy()])),
  };
}
