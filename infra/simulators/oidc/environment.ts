import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';

export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Own address as others know it, without a slash at the end. */
  readonly publicUrl: string;
  readonly clientsFile: string;
  readonly stateDir: string | undefined;
}

/** Reads what every issuer reads; all problems are told together. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const problems: string[] = [];
  const port = Number(env['PORT']);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push('PORT has to be a port number');
  const publicUrl = env['PUBLIC_URL'] ?? `http://127.0.0.1:${port || 0}`;
  if (!URL.canParse(publicUrl)) problems.push('PUBLIC_URL has to be an address');
  const clientsFile = env['CLIENTS_FILE'] ?? '';
  if (clientsFile === '') problems.push('CLIENTS_FILE has to name the file with the registered clients');
  if (problems.length > 0) throw new Error(problems.join('; '));
  return {
    host: env['HOST'] ?? '0.0.0.0',
    port,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    clientsFile,
    stateDir: env['STATE_DIR'],
  };
}

/** The clients registered with one of the issuers, as the launcher wrote them. */
export function readClients<
  Client extends { readonly clientId: string; readonly jwks: { readonly keys: readonly JWK[] } },
>(path: string, issuer: string): readonly Client[] {
  const file = JSON.parse(readFileSync(path, 'utf8')) as Record<
    string,
    readonly Partial<Client>[] | undefined
  >;
  const clients = file[issuer] ?? [];
  const broken = clients.findIndex((client) => !client.clientId || !Array.isArray(client.jwks?.keys));
  if (broken >= 0) throw new Error(`${path}: ${issuer}[${broken}] needs a clientId and jwks.keys`);
  return clients as readonly Client[];
}
