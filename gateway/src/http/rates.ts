import rateLimit from '@fastify/rate-limit';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface Rates {
  /** Counts a request of an address. Throws `RATE_LIMITED` when there were too many within a minute. */
  ofAddress(request: FastifyRequest): Promise<void>;
  /** The same for logins begun: each costs the issuer and our database something. */
  ofLogin(request: FastifyRequest): Promise<void>;
  /** The same for codes and PINs that are tried for shared tablets: each costs identity something. How often at one tablet, identity counts. */
  ofPin(request: FastifyRequest): Promise<void>;
  /** The same for a session or a machine client. */
  ofActor(request: FastifyRequest, key: string): Promise<void>;
}

export interface RateOptions {
  readonly perAddress: number;
  readonly loginsPerAddress: number;
  readonly perActor: number;
}

/** Counts in this process alone: with several replicas, each lets through its share of what comes to it. */
export async function countRates(
  http: FastifyInstance,
  { perAddress, loginsPerAddress, perActor }: RateOptions,
): Promise<Rates> {
  await http.register(rateLimit, { global: false, cache: 20_000 });
  const keys = new WeakMap<FastifyRequest, string>();
  const timeWindow = 60_000;
  const addresses = http.createRateLimit({ max: perAddress, timeWindow });
  const logins = http.createRateLimit({ max: loginsPerAddress, timeWindow });
  // By address, and not by what a device sends: a cookie that is made up has no place here to push another's out of.
  const pins = http.createRateLimit({
    ...{ max: loginsPerAddress, timeWindow },
    keyGenerator: ({ ip }) => `pin:${ip}`,
  });
  const keyGenerator = (request: FastifyRequest): string => keys.get(request) ?? request.ip;
  const actors = http.createRateLimit({
    max: perActor,
    timeWindow,
    keyGenerator,
  });
  const refuseOver = ({ isAllowed, isExceeded }: { isAllowed: boolean; isExceeded?: boolean }): void => {
    if (!isAllowed && isExceeded === true) throw new AppError('RATE_LIMITED');
  };
  return {
    ofAddress: async (request) => refuseOver(await addresses(request)),
    ofLogin: async (request) => refuseOver(await logins(request)),
    ofPin: async (request) => refuseOver(await pins(request)),
    ofActor: async (request, key) => {
      keys.set(request, key);
      refuseOver(await actors(request));
    },
  };
}
