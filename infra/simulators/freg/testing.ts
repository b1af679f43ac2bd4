import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTokenIssuer } from '../common/testing.ts';
import { buildPopulation } from '../population/index.ts';
import { buildFreg } from './app.ts';

export const fiks = { integrationId: 'integration', integrationPassword: 'secret', roleId: 'role' };
const population = buildPopulation({ children: 1200, seed: 1 });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** As the register answers: each test says by what it reads which shape it expects. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** The register over real HTTP, with a token issuer of its own. */
export async function startFreg(stateDir: string | null = null) {
  const issuer = await startTokenIssuer();
  const { app, register } = buildFreg({ population, stateDir, maskinportenIssuer: issuer.issuer, fiks });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const token = await issuer.sign('ks:fiks');
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${base}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    let json: unknown = null;
    if (isJson) {
      try {
        json = JSON.parse(text);
      } catch {
        json = 'malformed';
      }
    }
    return { status: response.status, headers: response.headers, text, json };
  };
  const secured = {
    authorization: `Bearer ${token}`,
    IntegrasjonId: fiks.integrationId,
    IntegrasjonPassord: fiks.integrationPassword,
  };
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(`/folkeregister/api/v1/${fiks.roleId}${path}`, { headers: { ...secured, ...headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(`/folkeregister/api/v1/${fiks.roleId}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...secured, 'content-type': 'application/json', ...headers },
    });
  const control = (path: string, body: unknown): Promise<Answer> =>
    ask(`/control${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const stop = async (): Promise<void> => {
    await app.close();
    issuer.stop();
  };
  return { base, issuer, register, ask, get, post, control, stop };
}

export async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'simulator-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
