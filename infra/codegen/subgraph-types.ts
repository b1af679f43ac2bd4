import { generate } from '@graphql-codegen/cli';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths.ts';

/** Where a service may say what its resolvers get: `Context`, and `ChildModel` for what stands behind the SDL's `Child`. */
const ownTypes = (service: string): string => join(root, 'services', service, 'src/graphql/types.ts');

/** Where a service's types are made. Not committed: they follow from the SDL. */
export const generatedTypes = (service: string): string =>
  join(root, 'services', service, 'src/graphql/generated/types.ts');

/** The types a service declares itself, by what the generator is to use them for. */
export function readOwnTypes(text: string): {
  readonly context: boolean;
  readonly models: readonly string[];
} {
  const names = [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name!);
  return {
    context: names.includes('Context'),
    models: names.filter((name) => /.Model$/.test(name)).map((name) => name.slice(0, -'Model'.length)),
  };
}

/** Types of one subgraph's resolvers, as TypeScript that Node runs as it is: types only, imports with their ending. */
export async function makeSubgraphTypes(service: string): Promise<string> {
  const file = ownTypes(service);
  const own = existsSync(file) ? readOwnTypes(readFileSync(file, 'utf8')) : { context: false, models: [] };
  const [made] = (await generate(
    {
      silent: true,
      schema: join(root, 'schema/subgraphs', service, '*.graphql'),
      importExtension: '.ts',
      generates: {
        [generatedTypes(service)]: {
          plugins: ['typescript', 'typescript-resolvers'],
          config: {
            federation: true,
            enumsAsTypes: true,
            useTypeImports: true,
            immutableTypes: true,
            strictScalars: true,
            maybeValue: 'T | null',
            inputMaybeValue: 'T | null | undefined',
            scalars: {
              ID: 'string',
              Date: 'string',
              DateTime: 'string',
              LocalTime: 'string',
              _FieldSet: 'string',
            },
            defaultScalarType: 'unknown',
            ...(own.context ? { contextType: '../types.ts#Context' } : {}),
            mappers: Object.fromEntries(own.models.map((name) => [name, `../types.ts#${name}Model`])),
          },
        },
      },
    },
    false,
  )) as { content: string }[];
  if (made === undefined) throw new Error(`nothing was generated for ${service}`);
  return made.content;
}
