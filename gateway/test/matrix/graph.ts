import { publicSchema, readSubgraphs, supergraphFile } from '@ranselpost/infra/codegen/supergraph';
import { root } from '@ranselpost/infra/dev/paths';
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  buildASTSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The graph as callers see it. */
export const readGraph = (): GraphQLSchema => publicSchema(readFileSync(join(root, supergraphFile), 'utf8'));

/** The part of the graph that a service answers by itself, to whoever gets past the gateway. */
export interface Part {
  readonly service: string;
  readonly schema: GraphQLSchema;
  /** Types of which it answers references. */
  readonly entities: readonly GraphQLObjectType[];
}

export const readParts = (): readonly Part[] =>
  readSubgraphs().map(({ name, typeDefs }) => {
    const schema = buildASTSchema(typeDefs, { assumeValidSDL: true });
    const entities = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType => isObjectType(type) && isAnswered(type),
    );
    return { service: name, schema, entities };
  });

const isAnswered = ({ astNode }: GraphQLObjectType): boolean =>
  (astNode?.directives ?? []).some(
    ({ name, arguments: given }) =>
      name.value === 'key' &&
      !(given ?? []).some(
        (one) => one.name.value === 'resolvable' && 'value' in one.value && !one.value.value,
      ),
  );

/** What rows there have to be: `Child.name` of the graph, `attendance:Child.absences` of a part, and each reference itself. */
export const fieldsThatNeedRows = (graph: GraphQLSchema, parts: readonly Part[]): readonly string[] => [
  ...reachable(graph).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  ),
  ...parts.flatMap(({ service, entities }) =>
    entities.flatMap((type) => [
      `${service}:${type.name}.${reference}`,
      ...Object.keys(type.getFields()).map((field) => `${service}:${type.name}.${field}`),
    ]),
  ),
];
export const reference = '(reference)';

/** Every type of object that a query or a change can answer with. */
export function reachable(graph: GraphQLSchema): readonly GraphQLObjectType[] {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLCompositeType): void => {
    for (const one of possible(graph, type)) {
      if (found.has(one)) continue;
      found.add(one);
      for (const { type: answer } of Object.values(one.getFields())) {
        const named = getNamedType(answer);
        if (isCompositeType(named)) visit(named);
      }
    }
  };
  for (const start of [graph.getQueryType(), graph.getMutationType()]) if (start) visit(start);
  return [...found];
}

export const possible = (graph: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
  isObjectType(type) ? [type] : graph.getPossibleTypes(type);

type Field = GraphQLField<unknown, unknown>;
interface Node {
  readonly types: readonly GraphQLObjectType[];
  readonly isOne: boolean;
  readonly depth: number;
  /** What is asked of each type: nothing of one that is asked for elsewhere. */
  readonly asked: Map<string, readonly (readonly [string, Node | null])[]>;
}

/** An operation goes ten fields deep at most; below the last object there is one more, which says what it is. */
const deepest = 8;

/**
 * What to ask below a field so that every field of every type below it is asked for once, as near as it comes; nothing of
 * the types that are left out.
 */
export function selectionBelow(
  graph: GraphQLSchema,
  { type }: Pick<Field, 'type'>,
  day: string,
  leftOut: readonly string[] = [],
): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const nodeOf = (of: GraphQLCompositeType, depth: number): Node => ({
    ...{ types: possible(graph, of), isOne: isObjectType(of), depth, asked: new Map() },
  });
  const start = nodeOf(named, 1);
  const seen = new Set<string>(leftOut);
  const waiting = [start];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (node.depth > deepest) continue;
    for (const one of node.types.filter(({ name }) => !seen.has(name))) {
      seen.add(one.name);
      const parts = Object.values(one.getFields()).map((field): readonly [string, Node | null] => {
        const answer = getNamedType(field.type);
        const below = isCompositeType(answer) ? nodeOf(answer, node.depth + 1) : null;
        if (below !== null) waiting.push(below);
        return [`${field.name}${argumentsOf(field, day)}`, below];
      });
      node.asked.set(one.name, parts);
    }
  }
  return render(start);
}

/** One field, with everything that lies below it. */
export const whole = (
  graph: GraphQLSchema,
  field: Field,
  day: string,
  leftOut: readonly string[] = [],
): string => `${field.name}${argumentsOf(field, day)} ${selectionBelow(graph, field, day, leftOut)}`;

/** The fields of a type and nothing of what lies below them. */
export const shallow = (type: GraphQLObjectType, day: string): string =>
  Object.values(type.getFields())
    .map((field) => {
      const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
      return `${field.name}${argumentsOf(field, day)}${below}`;
    })
    .join(' ');

const render = ({ isOne, asked }: Node): string => {
  const bodies = [...asked].map(([name, parts]) => {
    const body = parts.map(([text, below]) => (below === null ? text : `${text} ${render(below)}`)).join(' ');
    return isOne ? body : `... on ${name} { ${body} }`;
  });
  return `{ __typename ${bodies.join(' ')} }`;
};

/** Small pages, so that pages in pages stay within what one operation may ask for; else only what must be said. */
function argumentsOf({ args }: Field, day: string): string {
  const given = args.flatMap((arg) =>
    arg.name === 'first'
      ? ['first: 3']
      : isRequiredArgument(arg)
        ? [`${arg.name}: ${valueOf(arg, day)}`]
        : [],
  );
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function valueOf({ name, type }: GraphQLArgument, day: string): string {
  const named = getNamedType(type);
  if (named.name === 'Date') return `"${day}"`;
  // Of nothing that there is.
  if (named.name === 'ID') return '"00000000-0000-4000-8000-000000000000"';
  if (isEnumType(named)) return named.getValues()[0]!.name;
  throw new Error(`the matrix does not know what to say for the argument ${name}`);
}
