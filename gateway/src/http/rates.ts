import rateLimit from '@fastify/rate-limit';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface Rates {
  /** Counts a request of an address. Throws `RATE_LIMITED` when there were too many within a minute. */
  ofAddress(request: FastifyRequest): Promise<void>;
  /** The same for logins begun: each costs the issuer and our database something. */
  ofLogin(request: FastifyRequest): Promise<void>;
  /** The same for PINs that are tried at a shared tablet. */
  ofPin(request: FastifyRequest, key: string): Promise<void>;
  /** The same for a session or a machine client. */
  ofActor(request: FastifyRequest, key: string): Promise<void>;
}

export interface RateOptions {
  readonly perAddress: number;
  readonly loginsPerAddress: number;
  readonly perActor: number;
}

/** Twenty people come to work at once, and mistype. */
const pinsPerTablet = 60;

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
  const keyGenerator = (request: FastifyRequest): string => keys.get(request) ?? request.ip;
  const pins = http.createRateLimit({ max: pinsPerTablet, timeWindow, keyGenerator });
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
    ofPin: async (request, key) => {
      keys.set(request, key);
      refuseOver(await pins(request));
    },
    ofActor: async (request, key) => {
      keys.set(request, key);
      refuseOver(await actors(request));
    },
  };
}
