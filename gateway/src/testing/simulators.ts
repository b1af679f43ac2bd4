import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@ranselpost/kit/testing/bus';
import { answers, run } from '@ranselpost/kit/testing/run';
import { SignJWT } from 'jose';
import { privateJwk } from './gateway.ts';

export interface Simulators {
  readonly urls: Readonly<Record<'idporten' | 'staff' | 'maskinporten', string>>;
  /** What a gateway at `publicUrl` reads to be a client of them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Switches a fault on for one time. */
  arm(simulator: 'idporten' | 'staff' | 'maskinporten', fault: Record<string, unknown>): Promise<void>;
  calm(): Promise<void>;
  /** A machine's token by the grant that is the only way to one. */
  machineToken(scope: string, resource?: string): Promise<string>;
  stop(): Promise<void>;
}

/** The three issuers, each in a process of its own, with a gateway and a machine registered. */
export async function startSimulators(publicUrl: string): Promise<Simulators> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-issuers-'));
  const [client, machine] = await Promise.all([
    privateJwk('RS256', 'gateway'),
    privateJwk('RS256', 'machine'),
  ]);
  const browserClient = (clientId: string, callback: string) => ({
    clientId,
    organisation: '310001236',
    redirectUris: [`${publicUrl}${callback}`],
    postLogoutRedirectUris: [`${publicUrl}/`],
    frontchannelLogoutUri: `${publicUrl}/logout/front-channel`,
    jwks: { keys: [client.publicJwk] },
  });
  const clients = {
    idporten: [browserClient('guardians', '/callback/guardian')],
    staff: [browserClient('staff', '/callback/staff')],
    maskinporten: [
      {
        clientId: 'machine',
        organisation: '310001236',
        scopes: ['ranselpost:ranselpost/identity.read', 'ks:fiks'],
        jwks: { keys: [machine.publicJwk] },
      },
    ],
  };
  const clientsFile = join(folder, 'clients.json');
  await writeFile(clientsFile, JSON.stringify(clients));

  const names = ['idporten', 'staff', 'maskinporten'] as const;
  const started = await Promise.all(names.map((name) => startSimulator(name, clientsFile)));
  const urls = { idporten: started[0]!.url, staff: started[1]!.url, maskinporten: started[2]!.url };
  const issuer = `${urls.maskinporten}/`;
  return {
    urls,
    environment: {
      IDPORTEN_ISSUER: urls.idporten,
      IDPORTEN_CLIENT_ID: 'guardians',
      IDPORTEN_KEY: JSON.stringify(client.privateJwk),
      STAFF_ISSUER: urls.staff,
      STAFF_CLIENT_ID: 'staff',
      STAFF_KEY: JSON.stringify(client.privateJwk),
      MASKINPORTEN_ISSUER: issuer,
    },
    arm: async (simulator, fault) => {
      const response = await fetch(`${urls[simulator]}/control/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    calm: async () => {
      for (const name of names) {
        await fetch(`${urls[name]}/control/faults`, { method: 'DELETE' });
        if (name !== 'maskinporten') await fetch(`${urls[name]}/control/sessions`, { method: 'DELETE' });
      }
    },
    machineToken: async (scope, resource) => {
      const assertion = await new SignJWT({ scope, ...(resource === undefined ? {} : { resource }) })
        .setProtectedHeader({ alg: 'RS256', kid: 'machine' })
        .setIssuer('machine')
        .setAudience(issuer)
        .setIssuedAt()
        .setExpirationTime('60s')
        .setJti(crypto.randomUUID())
        .sign(machine.privateKey);
      const response = await fetch(`${issuer}token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
      });
      const answer = (await response.json()) as { access_token?: string };
      if (answer.access_token === undefined) throw new Error(JSON.stringify(answer));
      return answer.access_token;
    },
    stop: async () => {
      await Promise.all(started.map(({ stop }) => stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startSimulator(
  name: string,
  clientsFile: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const simulator = await run(
    `infra/simulators/${name}/main.ts`,
    {
      ...{ PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url },
      ...{ CLIENTS_FILE: clientsFile, POPULATION_CHILDREN: '5' },
    },
    () => answers(`${url}/readyz`),
  );
  return { url, stop: async () => void (await simulator.stop()) };
}
