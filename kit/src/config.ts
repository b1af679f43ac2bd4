import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Everything that is wrong with an environment, told at once. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** `X` or, where `X_FILE` is set, the content of that file without the final line break. Empty counts as not set. */
function resolveFiles(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
  problems: string[],
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const file = env[`${name}_FILE`];
    const value = env[name];
    if (file && value) problems.push(`${name}: set ${name} or ${name}_FILE, not both`);
    if (!file) {
      if (value) values[name] = value;
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      problems.push(`${name}_FILE: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}: ${file}`);
      values[name] = '';
    }
  }
  return values;
}

/**
 * Reads an environment by a schema, with `X_FILE` for every `X`. Throws a `ConfigError` that lists every problem and
 * what each variable is for. Values are never repeated in it: one of them may be a secret.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const problems: string[] = [];
  const values = resolveFiles(env, Object.keys(schema.shape), problems);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0] ?? '');
      if (problems.some((problem) => problem.startsWith(`${name}_FILE:`))) continue;
      const purpose = schema.shape[name] instanceof z.ZodType ? schema.shape[name].description : undefined;
      const what = values[name] === undefined ? 'is missing' : issue.message;
      problems.push(`${name}: ${what}${purpose === undefined ? '' : ` (${purpose})`}`);
    }
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port')
  .transform(Number)
  .pipe(z.number().max(65535, 'must be a port'));

/** What every part of the system reads. */
export const processConfig = {
  HOST: z.string().default('0.0.0.0').describe('address to listen on'),
  OPS_PORT: port.describe('port for /livez, /readyz and /metrics'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('least level that is logged'),
};

/** What a part that answers requests reads besides. */
export const serverConfig = { PORT: port.describe('port that answers requests') };

/** What every service with a database and events reads. */
export const serviceConfig = {
  ...processConfig,
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("the service's own database, as its own role"),
  NATS_URL: z.url({ protocol: /^nats$/ }).describe('the event bus, as the user of this service'),
};

/** What a subgraph reads besides. */
export const subgraphConfig = {
  ...serviceConfig,
  ...serverConfig,
  GATEWAY_JWKS_URL: z.url().describe("the gateway's published actor keys"),
  ACTOR_ISSUER: z.string().min(1).describe("the gateway's name in actor tokens"),
};

/** What a service with an access copy reads besides. */
export const accessCopyConfig = {
  ACCESS_MAX_STALENESS: z.coerce
    .number()
    .int()
    .min(1)
    .default(60)
    .describe('seconds without proof of freshness after which nothing about children is answered'),
};

/** What a migrate job reads. */
export const migrationConfig = {
  MIGRATION_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("the service's database, as the role that owns its tables"),
};

/** What a municipality sets for itself, as JSON: everything that is wrong with it is told, with its path. */
export const fromJson =
  <Value>(schema: z.ZodType<Value>) =>
  (text: string, context: z.RefinementCtx): Value => {
    try {
      const read = schema.safeParse(JSON.parse(text));
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues) context.addIssue(`${path.join('.')}: ${message}`);
    } catch {
      context.addIssue('must be JSON');
    }
    return z.NEVER;
  };
