import { AppError } from '@ranselpost/kit/pure/errors';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';

/** More tokens than this are not even parsed. */
export const maxTokens = 2_000;
export const maxBodyBytes = 100_000;

const most = { depth: 10, aliases: 15, directives: 30 };
/** Larger pages are refused by whoever answers; here they only must not overflow. */
const largestPage = 1_000_000;

type Variables = Readonly<Record<string, unknown>>;

export interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** How many objects it may touch: one for each object asked for, times the pages that it lies in. */
  readonly cost: number;
}

export interface Limits {
  /**
   * Throws `BAD_USER_INPUT` for a text that is no operation, or several of which none is named, and for one that asks for
   * more than one operation may. Comes before validation and planning, both of which a large operation can keep busy for
   * seconds.
   */
  check(text: string, variables: Variables, operationName: string | undefined): void;
}

/** Integrators send the same few texts with other variables, so the last ones are kept as they were read. */
const kept = { texts: 200, length: 10_000 };

export interface LimitOptions {
  readonly maxCost: number;
  /** Questions about the schema itself are not measured where they may be asked: tools ask them deeper than any other. */
  readonly introspection: boolean;
}

export function createLimits(schema: GraphQLSchema, { maxCost, introspection }: LimitOptions): Limits {
  const known = new Map<string, DocumentNode>();
  const read = (text: string): DocumentNode => {
    const document = known.get(text) ?? parseLimited(text);
    if (text.length > kept.length) return document;
    known.delete(text);
    known.set(text, document);
    if (known.size > kept.texts) known.delete(known.keys().next().value!);
    return document;
  };
  return {
    check: (text, variables, operationName) => {
      const document = read(text);
      const operations = document.definitions.filter(
        (definition) => definition.kind === Kind.OPERATION_DEFINITION,
      );
      const meant = operations.filter(({ name }) => [undefined, name?.value].includes(operationName));
      if (meant.length !== 1) throw new AppError('BAD_USER_INPUT', 'not one operation');
      for (const operation of operations)
        checkSize(measure(schema, document, operation, variables, introspection), maxCost);
    },
  };
}

function parseLimited(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'not an operation', { cause });
  }
}

function checkSize(size: Size, maxCost: number): void {
  const over = [
    size.depth > most.depth && 'depth',
    size.aliases > most.aliases && 'aliases',
    size.directives > most.directives && 'directives',
    size.cost > maxCost && 'cost',
  ].filter((what) => what !== false);
  if (over.length > 0) throw new AppError('BAD_USER_INPUT', `over the limit of ${over.join(', ')}`);
}

/** Measures an operation in time linear in its text: each fragment once for each type of page it can lie in. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  introspection = false,
): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const known = new Map<string, Size>();
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue,
    ]),
  );

  const ofSelections = ({ selections }: SelectionSetNode, type: GraphQLOutputType | undefined): Size => {
    let sum = nothing;
    for (const selection of selections) {
      const size = ofSelection(selection, type);
      const directives = size.directives + (selection.directives?.length ?? 0);
      sum = beside(sum, { ...size, directives });
    }
    return sum;
  };

  const ofSelection = (
    selection: SelectionSetNode['selections'][number],
    type: GraphQLOutputType | undefined,
  ): Size => {
    if (selection.kind === Kind.FIELD) return ofField(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition && schema.getType(selection.typeCondition.name.value);
      return ofSelections(selection.selectionSet, isCompositeType(on) ? on : type);
    }
    const name = selection.name.value;
    const fragment = fragments.get(name);
    if (fragment === undefined) return nothing;
    let size = known.get(name);
    if (size === undefined) {
      // A fragment that contains itself is refused by validation; here it must only end.
      known.set(name, nothing);
      const on = schema.getType(fragment.typeCondition.name.value);
      size = ofSelections(fragment.selectionSet, isCompositeType(on) ? on : undefined);
      known.set(name, size);
    }
    return size;
  };

  const ofField = (field: FieldNode, type: GraphQLOutputType | undefined): Size => {
    const aliases = field.alias === undefined ? 0 : 1;
    const isOfSchema = introspection && field.name.value.startsWith('__');
    if (field.selectionSet === undefined || isOfSchema) return { ...nothing, depth: 1, aliases };
    const definition = fieldOf(type, field.name.value);
    const inside = ofSelections(field.selectionSet, definition && getNamedType(definition.type));
    return {
      depth: inside.depth + 1,
      aliases: inside.aliases + aliases,
      directives: inside.directives,
      cost: Math.min(Number.MAX_SAFE_INTEGER, 1 + inside.cost * pageSize(field, definition)),
    };
  };

  const pageSize = (field: FieldNode, definition: GraphQLField<unknown, unknown> | undefined): number => {
    const sizes = ['first', 'last'].flatMap((name) => {
      const given = field.arguments?.find((argument) => argument.name.value === name);
      const fallback = definition?.args.find((argument) => argument.name === name)?.defaultValue;
      const value = given === undefined ? fallback : valueOf(given.value, variables, defaults);
      return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
    });
    return sizes.length === 0 ? 1 : Math.min(largestPage, Math.max(1, ...sizes));
  };

  return ofSelections(operation.selectionSet, rootOf(schema, operation));
}

const nothing: Size = { depth: 0, aliases: 0, directives: 0, cost: 0 };

const beside = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  cost: one.cost + other.cost,
});

const rootOf = (schema: GraphQLSchema, { operation }: OperationDefinitionNode) =>
  schema.getRootType(operation) ?? undefined;

const fieldOf = (
  type: GraphQLOutputType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

function valueOf(
  node: ValueNode,
  variables: Variables,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind !== Kind.VARIABLE) return undefined;
  const name = node.name.value;
  if (variables[name] !== undefined) return variables[name];
  const fallback = defaults.get(name);
  return fallback?.kind === Kind.INT ? Number(fallback.value) : undefined;
}
