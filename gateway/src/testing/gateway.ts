import { createActorSigner } from '@ranselpost/kit/actor-token';
import { readConfig } from '@ranselpost/kit/config';
import { connectBus } from '@ranselpost/kit/bus';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { testBus, type TestBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { testLife } from '@ranselpost/kit/testing/life';
import { exportJWK, generateKeyPair } from 'jose';
import { gatewayConfig } from '../config.ts';
import { startGateway } from '../gateway.ts';
import { migrations } from '../migrations.ts';
import { newSecret } from '../secret.ts';
import { createSessions, type Sessions } from '../sessions.ts';

export interface TestGateway {
  /** Where this replica listens. */
  readonly url: string;
  /** What it was started with; another replica of it gets the same `PUBLIC_URL` and `ACTOR_SIGNING_KEYS`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly database: TestDatabase;
  readonly bus: TestBus;
  readonly sessions: Sessions;
  /** Opens a session as if somebody had logged in; answers the value of a `cookie` header. */
  signIn(as: PersonActor, issuerSession?: string): Promise<string>;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly database: TestDatabase;
  readonly bus: TestBus;
  close(): Promise<void>;
}

export async function surroundings(): Promise<Surroundings> {
  const [database, bus] = await Promise.all([testDatabase('gateway', migrations), testBus()]);
  return {
    database,
    bus,
    close: async () => void (await Promise.all([database.close(), bus.close()])),
  };
}

export async function privateJwk(alg: 'EdDSA' | 'RS256', kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, {
    extractable: true,
    ...(alg === 'EdDSA' ? { crv: 'Ed25519' } : {}),
  });
  const common = { kid, alg, use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...common },
    publicJwk: { ...(await exportJWK(publicKey)), ...common },
    privateKey,
  };
}

const unreachable = 'http://127.0.0.1:1';

/** What `main.ts` would read, complete; addresses of parts that a test does not start lead nowhere. */
export async function environment(
  { database, bus }: Surroundings,
  port: number,
  given: Record<string, string>,
): Promise<Record<string, string>> {
  const [actor, client] = await Promise.all([
    privateJwk('EdDSA', 'actor-1'),
    privateJwk('RS256', 'client-1'),
  ]);
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    OPS_PORT: '0',
    LOG_LEVEL: 'error',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: database.url,
    NATS_URL: bus.url,
    ACTOR_SIGNING_KEYS: JSON.stringify({ keys: [actor.privateJwk] }),
    IDPORTEN_ISSUER: unreachable,
    IDPORTEN_CLIENT_ID: 'guardian-client',
    IDPORTEN_KEY: JSON.stringify(client.privateJwk),
    STAFF_ISSUER: unreachable,
    STAFF_CLIENT_ID: 'staff-client',
    STAFF_KEY: JSON.stringify(client.privateJwk),
    MASKINPORTEN_ISSUER: `${unreachable}/`,
    IDENTITY_URL: `${unreachable}/graphql`,
    MESSAGING_URL: `${unreachable}/graphql`,
    ATTENDANCE_URL: `${unreachable}/graphql`,
    PLACEMENT_URL: `${unreachable}/graphql`,
    ...given,
  };
}

/** A whole gateway in this process, with a database of its own and a bus. */
export async function startTestGateway(
  around: Surroundings,
  port: number,
  given: Record<string, string> = {},
): Promise<TestGateway> {
  const variables = await environment(around, port, given);
  const config = readConfig(gatewayConfig, variables);
  const life = testLife('error');
  const bus = connectBus(config.NATS_URL, 'gateway', life.log);
  const signer = await createActorSigner(config.PUBLIC_URL, config.ACTOR_SIGNING_KEYS);
  await startGateway({ config, life, db: around.database.db, bus, signer });
  await bus;
  const sessions = createSessions(around.database.db, {
    idleSeconds: config.SESSION_IDLE_SECONDS,
    maxSeconds: config.SESSION_MAX_SECONDS,
    atTablet: { idleSeconds: config.TABLET_IDLE_SECONDS, maxSeconds: config.TABLET_MAX_SECONDS },
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    environment: variables,
    database: around.database,
    bus: around.bus,
    sessions,
    signIn: async (as, issuerSession = 'sid-1') => {
      const browser = { name: 'OTHER', platform: 'OTHER' } as const;
      const who = { ...as, issuer: config.IDPORTEN_ISSUER, issuerSession, authTime: new Date(), browser };
      const held = { session: undefined, browser: newSecret(), isShared: false };
      return `__Host-session=${await sessions.open(who, held)}`;
    },
    post: (body, headers = {}) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: config.PUBLIC_URL, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop: life.stop,
  };
}

/** What makes another gateway a replica of this one. */
export const replicaOf = ({ environment: { PUBLIC_URL, ACTOR_SIGNING_KEYS } }: TestGateway) => ({
  PUBLIC_URL: PUBLIC_URL!,
  ACTOR_SIGNING_KEYS: ACTOR_SIGNING_KEYS!,
});
