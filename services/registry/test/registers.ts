import { exportJWK, generateKeyPair } from 'jose';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type Running, answers, run } from '@ranselpost/kit/testing/run';

type Name = 'maskinporten' | 'freg' | 'krr' | 'units';

export interface Register {
  readonly url: string;
  /** Calls its control API, whose answers each test knows by itself. */
  control(path: string, body?: object): Promise<any>;
  /** Arms a fault for the next request, or as `fault` says. */
  fail(fault: { readonly kind: string } & Record<string, unknown>): Promise<void>;
  heal(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again on the same address; `empty` as if nothing had happened since the beginning. */
  start(options?: { readonly empty?: boolean }): Promise<void>;
}

export interface Registers extends Readonly<Record<Name, Register>> {
  /** What the registry needs to know to use them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The number of a golden person, such as `F1.mother`. */
  number(name: string): string;
  /** Everybody's numbers. */
  people(): Promise<{ number: string; kind: 'child' | 'adult' }[]>;
  close(): Promise<void>;
}

const fiks = { integrationId: 'integration', integrationPassword: 'secret', roleId: 'role' };
const client = { clientId: 'registry', organisation: '310001236' };
const krrScopes = ['krr:global/kontaktinformasjon.read', 'krr:global/digitalpost.read'];
const krrChangesScope = 'krr:global/hentendring.read';

/** The outside registers over real HTTP, with an invented municipality in them. */
export async function startRegisters({ children = 40 } = {}): Promise<Registers> {
  const folder = await mkdtemp(join(tmpdir(), 'registers-'));
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'test' };
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256' }] };
  const clients = join(folder, 'clients.json');
  const scopes = ['ks:fiks', ...krrScopes, krrChangesScope];
  await writeFile(clients, JSON.stringify({ maskinporten: [{ ...client, scopes, jwks }], fiks }));
  const environment = { CLIENTS_FILE: clients, POPULATION_CHILDREN: String(children), POPULATION_SEED: '1' };

  const open = async (name: Name, more: Record<string, string> = {}): Promise<Register> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const stateDir = join(folder, name);
    let running: Running | undefined;
    const start: Register['start'] = async ({ empty = false } = {}) => {
      if (empty) await rm(stateDir, { recursive: true, force: true });
      const own = { HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url, STATE_DIR: stateDir };
      const file = `infra/simulators/${name}/main.ts`;
      running = await run(file, { ...environment, ...own, ...more }, () => answers(`${url}/readyz`));
    };
    const control: Register['control'] = async (path, body) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const request = body === undefined ? {} : { ...init, body: JSON.stringify(body) };
      const response = await fetch(`${url}/control${path}`, request);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    };
    await start();
    return {
      url,
      control,
      start,
      fail: async (fault) => void (await control('/faults', fault)),
      heal: async () => void (await fetch(`${url}/control/faults`, { method: 'DELETE' })),
      kill: async () => running?.kill(),
    };
  };
  const maskinporten = await open('maskinporten');
  const issuer = { MASKINPORTEN_ISSUER: `${maskinporten.url}/` };
  const [freg, krr, units] = await Promise.all([
    open('freg', issuer),
    open('krr', issuer),
    open('units', issuer),
  ]);
  const golden = new Map<string, string>(
    (await freg.control('/golden')).map((one: { key: string; number: string }) => [one.key, one.number]),
  );

  return {
    maskinporten,
    freg,
    krr,
    units,
    environment: {
      ...issuer,
      MASKINPORTEN_CLIENT_ID: client.clientId,
      MASKINPORTEN_KEY: JSON.stringify(key),
      FREG_URL: `${freg.url}/folkeregister/api/v1`,
      FREG_ROLE_ID: fiks.roleId,
      FREG_SCOPE: 'ks:fiks',
      FIKS_INTEGRATION_ID: fiks.integrationId,
      FIKS_INTEGRATION_PASSWORD: fiks.integrationPassword,
      KRR_URL: krr.url,
      KRR_SCOPE: krrScopes.join(' '),
      KRR_CHANGES_SCOPE: krrChangesScope,
      NSR_URL: `${units.url}/nsr/v4`,
      NBR_URL: `${units.url}/nbr/v4`,
      BRREG_URL: `${units.url}/enhetsregisteret/api`,
      MUNICIPALITY_NUMBER: '4699',
      MUNICIPALITY_ORGANISATION: client.organisation,
    },
    number: (name) => {
      const number = golden.get(name);
      if (number === undefined) throw new Error(`nobody is called ${name}`);
      return number;
    },
    people: () => freg.control('/people?limit=1000000'),
    close: async () => {
      await Promise.all([maskinporten.kill(), freg.kill(), krr.kill(), units.kill()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
