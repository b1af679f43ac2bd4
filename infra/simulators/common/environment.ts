import { readFileSync } from 'node:fs';

export interface FiksIntegration {
  readonly integrationId: string;
  readonly integrationPassword: string;
  readonly roleId: string;
  /** Our account at SvarUt. */
  readonly svarUtAccountId?: string;
  /** Our account at Fiks IO, and the archive's. */
  readonly io?: {
    readonly sender: { readonly accountId: string; readonly certificate: string };
    readonly archive: { readonly accountId: string; readonly certificate: string; readonly key: string };
  };
}

export interface SimulatorEnvironment {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly stateDir: string | null;
  readonly maskinportenIssuer: string;
  readonly fiks: FiksIntegration;
}

/** What the launcher gives a register simulator. Every problem is told at once. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): SimulatorEnvironment {
  const problems: string[] = [];
  const needed = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') problems.push(`${name} is missing`);
    return value ?? '';
  };
  const port = Number(needed('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT must be a port number');
  const host = env['HOST'] ?? '0.0.0.0';
  const maskinportenIssuer = needed('MASKINPORTEN_ISSUER');
  if (maskinportenIssuer !== '' && !URL.canParse(maskinportenIssuer))
    problems.push('MASKINPORTEN_ISSUER must be an address');
  const fiks = readFiks(needed('CLIENTS_FILE'), problems);
  if (problems.length > 0)
    throw new Error(`The configuration has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}`);
  return {
    host,
    port,
    publicUrl: env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`,
    stateDir: env['STATE_DIR'] ?? null,
    maskinportenIssuer,
    fiks,
  };
}

function readFiks(file: string, problems: string[]): FiksIntegration {
  const empty = { integrationId: '', integrationPassword: '', roleId: '' };
  if (file === '') return empty;
  try {
    const { fiks } = JSON.parse(readFileSync(file, 'utf8')) as { fiks?: Partial<FiksIntegration> };
    for (const name of ['integrationId', 'integrationPassword', 'roleId'] as const) {
      if (typeof fiks?.[name] !== 'string') problems.push(`CLIENTS_FILE has no fiks.${name}`);
    }
    return { ...empty, ...fiks };
  } catch (error) {
    problems.push(`CLIENTS_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return empty;
  }
}
