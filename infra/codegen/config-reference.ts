import { migrationConfig } from '@ranselpost/kit/config';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { root } from '../dev/paths.ts';

export type Shape = Readonly<Record<string, z.ZodType>>;

export interface PartConfig {
  readonly part: string;
  readonly folder: string;
  readonly shape: Shape;
}

const partFolders = (): readonly string[] => [
  'gateway',
  ...readdirSync(join(root, 'services'))
    .toSorted()
    .map((service) => `services/${service}`),
];

/** What each part that has begun reads from its environment, as its own config.ts says. */
export async function partConfigs(): Promise<readonly PartConfig[]> {
  const found: PartConfig[] = [];
  for (const folder of partFolders()) {
    const file = join(root, folder, 'src/config.ts');
    if (!existsSync(file)) continue;
    const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>);
    const shapes = exported.flatMap((value) => (value instanceof z.ZodObject ? [value.shape as Shape] : []));
    const shape = shapes.find((one) => 'OPS_PORT' in one);
    if (shape === undefined) throw new Error(`${folder}/src/config.ts exports no schema with OPS_PORT`);
    found.push({ part: folder.replace('services/', ''), folder, shape });
  }
  return found;
}

/** What a migrate job reads, whichever the service. */
export const migrationShape: Shape = migrationConfig;

/** True for a variable that has to be given. */
export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

function fallback(schema: z.ZodType): string {
  // As it would be written, where it becomes something else.
  const written = schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodType ? schema.def.in : schema;
  const parsed = written.safeParse(undefined);
  if (!parsed.success) return 'required';
  if (parsed.data === undefined) return 'none';
  const text = Array.isArray(parsed.data) ? parsed.data.join(',') : String(parsed.data);
  return text === '' ? 'empty' : `\`${text}\``;
}

const choices = (schema: z.ZodType): string => {
  const inner = schema instanceof z.ZodDefault ? schema.def.innerType : schema;
  return inner instanceof z.ZodEnum ? inner.options.map((option) => `\`${option}\``).join(' or ') : '';
};

function row(name: string, schema: z.ZodType): string {
  const meaning = [schema.description ?? '', choices(schema)].filter((text) => text !== '').join(': ');
  return `| \`${name}\` | ${fallback(schema)} | ${meaning.replaceAll('|', '\\|')} |`;
}

const table = (entries: readonly (readonly [string, z.ZodType])[]): string =>
  [
    '| variable | default | what it is |',
    '| --- | --- | --- |',
    ...entries.map(([name, schema]) => row(name, schema)),
  ].join('\n');

/** Variables that every part reads stand once, on top. */
export function configReference(configs: readonly PartConfig[]): string {
  const [first] = configs;
  const shared = Object.entries(first?.shape ?? {}).filter(([name, schema]) =>
    configs.every(({ shape }) => shape[name] !== undefined && row(name, shape[name]) === row(name, schema)),
  );
  const isShared = new Set(shared.map(([name]) => name));
  const own = configs.map(({ part, folder, shape }) => {
    const entries = Object.entries(shape).filter(([name]) => !isShared.has(name));
    return `## ${part}\n\n\`${folder}/src/config.ts\`\n\n${table(entries)}`;
  });
  return `${[
    '<!-- Made from each config.ts by npm run compose. -->',
    '# Configuration',
    'Each part reads its environment once, when it starts, and says everything that is wrong with it at once. A variable `X` ' +
      'may be given as `X_FILE`, a file that holds its value: that is how secrets are given. Nothing asks where it runs.',
    '## Every part',
    table(shared),
    ...own,
    '## Migrate jobs',
    '`src/migrate.ts` of every part with a database.',
    table(Object.entries(migrationShape)),
  ].join('\n\n')}\n`;
}
