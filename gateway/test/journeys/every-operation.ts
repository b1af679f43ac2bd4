import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';
import { newId } from '@ranselpost/kit/ids';
import { today } from './absences.ts';

/** A place in the arguments of an operation where an id stands. */
export interface IdPlace {
  /** Such as `Mutation.reportAbsence(input.places.childId)`. */
  readonly name: string;
  readonly isChange: boolean;
  readonly query: string;
  /** The variables with `id` in this place; what stands in the others is answered by `others`, by their own last name. */
  variables(id: string, others: (last: string) => string): object;
}

type Path = readonly string[];
type Field = GraphQLField<unknown, unknown>;

/** Every place in the arguments of every query and change of the graph where an id may stand. */
export const idPlaces = (schema: GraphQLSchema): readonly IdPlace[] =>
  roots(schema).flatMap(({ root, field, isChange }) =>
    field.args
      .flatMap((arg) => pathsToIds(arg.type, [arg.name]))
      .map((path) => ({
        name: `${root.name}.${field.name}(${path.join('.')})`,
        isChange,
        query: operationOf(schema, field, isChange),
        variables: (id, others) =>
          Object.fromEntries(
            field.args
              .filter((arg) => isRequiredArgument(arg) || arg.name === path[0])
              .map((arg) => [arg.name, valueOf(arg.type, [arg.name], { path, id, others })]),
          ),
      })),
  );

/** Questions that need no argument, each asked as deep as it may be. */
export const openQuestions = (schema: GraphQLSchema): readonly string[] =>
  roots(schema)
    .filter(({ field, isChange }) => !isChange && !field.args.some(isRequiredArgument))
    .map(({ field }) => operationOf(schema, field, false));

function roots(schema: GraphQLSchema) {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    root == null
      ? []
      : Object.values(root.getFields()).map((field) => ({
          ...{ root, field, isChange: root === schema.getMutationType() },
        })),
  );
}

function pathsToIds(type: GraphQLInputType, path: Path, seen: readonly string[] = []): Path[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [path];
  if (!isInputObjectType(named) || seen.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    pathsToIds(field.type, [...path, field.name], [...seen, named.name]),
  );
}

interface Wish {
  readonly path: Path;
  readonly id: string;
  readonly others: (last: string) => string;
}

/** Something that fits a type: only what must be said, and the way to the place that is meant. */
function valueOf(type: GraphQLInputType, at: Path, wish: Wish): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, at, wish);
  if (isListType(type)) return [valueOf(type.ofType, at, wish)];
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) || leadsTo([...at, field.name], wish.path))
        .map((field) => [field.name, valueOf(field.type, [...at, field.name], wish)]),
    );
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (type.name === 'ID') return leadsTo(at, wish.path) ? wish.id : wish.others(at.at(-1)!);
  return plain[type.name]?.() ?? newId();
}

const leadsTo = (at: Path, path: Path): boolean => at.every((step, place) => path[place] === step);

const plain: Readonly<Record<string, () => unknown>> = {
  Boolean: () => false,
  Date: () => today(),
  DateTime: () => `${today()}T12:00:00Z`,
  Float: () => 1,
  Int: () => 1,
  LocalTime: () => '12:00',
};

const deepest = 4;
const mostWords = 900;

/** A field with all there is below it, as deep as an operation may go. */
function operationOf(schema: GraphQLSchema, field: Field, isChange: boolean): string {
  const args = field.args.map(({ name, type }) => ({ name, type: String(type) }));
  const declared = args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = `${isChange ? 'mutation' : 'query'} ${declared && `(${declared})`} { ${field.name}${given && `(${given})`}`;
  for (let depth = deepest; depth >= 0; depth -= 1) {
    const text = `${head} ${selectionOf(schema, field.type, depth, [])} }`;
    const isSmall = text.split(/\W+/).length < mostWords;
    if (isSmall && validate(schema, parse(text)).length === 0) return text;
  }
  throw new Error(`no way to ask for ${field.name}`);
}

function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  above: readonly string[],
): string {
  const named: GraphQLNamedType = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const within = [...above, named.name];
  if (isAbstractType(named)) {
    const parts = schema.getPossibleTypes(named).map((possible) => {
      const fields = fieldsOf(schema, possible.getFields(), depth - 1, within);
      return `... on ${possible.name} { ${fields} }`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }
  return isObjectType(named)
    ? `{ __typename ${fieldsOf(schema, named.getFields(), depth, within)} }`
    : '{ __typename }';
}

const fieldsOf = (
  schema: GraphQLSchema,
  fields: Readonly<Record<string, Field>>,
  depth: number,
  above: readonly string[],
): string =>
  Object.values(fields)
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map((field) => {
      const named = getNamedType(field.type);
      // Small pages, so that what lies in pages in pages stays within what one operation may ask for.
      const page = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
      if (!isCompositeType(named)) return `${field.name}${page}`;
      if (depth <= 0 || above.includes(named.name)) return '';
      return `${field.name}${page} ${selectionOf(schema, field.type, depth - 1, above)}`;
    })
    .filter((text) => text !== '')
    .join(' ') || '__typename';
