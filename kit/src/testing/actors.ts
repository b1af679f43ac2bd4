import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ActorSigner, createActorSigner } from '../actor-token.ts';
import { newId } from '../ids.ts';
import type { GuardianActor, StaffActor, TabletActor } from '../pure/actor.ts';

export interface TestActors extends ActorSigner {
  readonly issuer: string;
  /** Where the public keys are served, as the gateway serves its own. */
  readonly jwksUrl: string;
  /** The private key, for tokens that a signer would not make. */
  readonly privateKey: JWK;
  close(): Promise<void>;
}

/** Stands in for the gateway: signs actor tokens and serves the keys that they are verified with. */
export async function testActors(issuer = 'test-gateway'): Promise<TestActors> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: newId(), alg: 'EdDSA' };
  const signer = await createActorSigner(issuer, { keys: [jwk] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(signer.publicKeys));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...signer,
    issuer,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    privateKey: jwk,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Somebody signed in as a guardian; a new person when nobody is named. */
export const guardian = (personId: string = newId()): GuardianActor => ({
  kind: 'guardian',
  personId,
  level: 'substantial',
});

/** Somebody signed in as staff; a new person when nobody is named. */
export const staff = (personId: string = newId()): StaffActor => ({
  kind: 'staff',
  personId,
  level: 'substantial',
});

/** Somebody of the staff at a shared tablet of a unit. */
export const atTablet = (
  { personId }: StaffActor,
  unitId: string,
  tabletId: string = newId(),
): TabletActor => ({
  ...{ kind: 'tablet', personId, unitId, tabletId },
});
