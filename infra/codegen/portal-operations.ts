import { generate } from '@graphql-codegen/cli';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { type OperationDefinitionNode, Kind, parse, print } from 'graphql';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths.ts';

/** Where the portal's operations are made: their types, and the hash by which each is sent. Not committed. */
export const portalOperations = join(root, 'portal/src/graph/generated/operations.ts');

const scalars = { Date: 'string', DateTime: 'string', LocalTime: 'string', ID: 'string' };

/** Registered operations as the portal sends them: no text of one is in what a browser loads. */
export async function makePortalOperations(): Promise<string> {
  const schema = print(
    transformSupergraphToPublicSchema(parse(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))),
  );
  const documents = join(root, 'schema/operations/*.graphql');
  const [made] = (await generate(
    {
      silent: true,
      schema,
      documents,
      generates: {
        [portalOperations]: {
          plugins: ['typescript-operations'],
          config: {
            ...{ enumsAsTypes: true, immutableTypes: true, strictScalars: true, useTypeImports: true },
            ...{ arrayInputCoercion: false, skipTypename: false, scalars, defaultScalarType: 'unknown' },
          },
        },
      },
    },
    false,
  )) as { content: string }[];
  if (made === undefined) throw new Error('nothing was generated for the portal');
  const constants = globSync(documents).toSorted().map(constant);
  return `import type { Operation } from '../operation.ts';\n\n${made.content}\n${constants.join('\n')}\n`;
}

function constant(file: string): string {
  const text = readFileSync(file, 'utf8');
  const { name, operation } = parse(text).definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )!;
  const type = `${name!.value}${operation === 'query' ? 'Query' : 'Mutation'}`;
  const id = createHash('sha256').update(text).digest('hex');
  return `export const ${name!.value}: Operation<${type}, ${type}Variables> = { id: '${id}' };`;
}
