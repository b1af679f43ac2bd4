import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import { readFile } from 'node:fs/promises';

const location = new URL(import.meta.resolve('@ranselpost/schema/supergraph.graphql'));

export const readSupergraph = (): Promise<string> => readFile(location, 'utf8');

/** The subgraphs that a supergraph is composed of, by the names they have in actor tokens. */
export function subgraphNames(supergraph: string): string[] {
  const graphs = parse(supergraph, { noLocation: true }).definitions.find(
    (definition): definition is EnumTypeDefinitionNode =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  return (graphs?.values ?? []).flatMap(({ directives }) =>
    (directives ?? [])
      .filter((directive) => directive.name.value === 'join__graph')
      .flatMap((directive) => directive.arguments ?? [])
      .flatMap(({ name, value }) =>
        name.value === 'name' && value.kind === Kind.STRING ? [value.value] : [],
      ),
  );
}
