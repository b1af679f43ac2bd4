import { type FragmentDefinitionNode, Kind, type SelectionSetNode, parse } from 'graphql';

type Path = readonly (string | number)[];
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * The fields that stay empty when a subgraph does not answer, one path each: without them a client could not tell
 * "nothing there" from "could not be read" (S-26). Only worked out when something has failed.
 */
export function failedPaths(query: string, variables: Readonly<Record<string, unknown>> | undefined): Path[] {
  const { definitions } = parse(query, { noLocation: true });
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments: Fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  if (operation === undefined) return [[]];
  const representations = variables?.['representations'];
  if (!Array.isArray(representations))
    return responseNames(operation.selectionSet, fragments).map((name) => [name]);
  const [entities] = operation.selectionSet.selections;
  const names =
    entities?.kind === Kind.FIELD && entities.selectionSet !== undefined
      ? responseNames(entities.selectionSet, fragments)
      : [];
  return representations.flatMap((_representation, index) => names.map((name) => ['_entities', index, name]));
}

function responseNames({ selections }: SelectionSetNode, fragments: Fragments): string[] {
  const names = selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return responseNames(selection.selectionSet, fragments);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(selection.name.value);
      return fragment === undefined ? [] : responseNames(fragment.selectionSet, fragments);
    }
    return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value];
  });
  return [...new Set(names)];
}
