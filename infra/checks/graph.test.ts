import { type ASTNode, type DefinitionNode, type StringValueNode, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readSubgraphs } from '../codegen/supergraph.ts';
import { builtServices, tracked } from './tree.ts';
import { kebab } from './words.ts';

const subgraphs = readSubgraphs();

/** The places of what nobody explained. */
function undescribed(node: ASTNode): string[] {
  const found: string[] = [];
  const look = (
    part: {
      readonly description?: StringValueNode | undefined;
      readonly name: { readonly value: string };
    } & ASTNode,
  ): void => {
    if (part.description === undefined || part.description.value.trim() === '')
      found.push(`${part.loc?.source.name}:${part.loc?.startToken.line} ${part.name.value}`);
  };
  visit(node, {
    ObjectTypeDefinition: look,
    InterfaceTypeDefinition: look,
    UnionTypeDefinition: look,
    EnumTypeDefinition: look,
    ScalarTypeDefinition: look,
    InputObjectTypeDefinition: look,
    FieldDefinition: look,
    InputValueDefinition: look,
    EnumValueDefinition: look,
  });
  return found;
}

const isMutation = (definition: DefinitionNode) =>
  (definition.kind === 'ObjectTypeDefinition' || definition.kind === 'ObjectTypeExtension') &&
  definition.name.value === 'Mutation';

/** What a caller can give of how somebody is reached: input fields and arguments, as `Input.field`. */
const givenContacts = (node: ASTNode): string[] => {
  const found: string[] = [];
  const note = (
    owner: string,
    fields: readonly { readonly name: { readonly value: string } }[] = [],
  ): void => {
    for (const { name } of fields)
      if (/mail(?!box)|phone|mobile/i.test(name.value)) found.push(`${owner}.${name.value}`);
  };
  visit(node, {
    InputObjectTypeDefinition: ({ name, fields }) => note(name.value, fields),
    InputObjectTypeExtension: ({ name, fields }) => note(name.value, fields),
    FieldDefinition: ({ name, arguments: given }) => note(name.value, given),
  });
  return found;
};

test('no change takes how a person is reached: that is theirs to change in the contact register (KRR-06)', () => {
  expect(subgraphs.flatMap(({ typeDefs }) => givenContacts(typeDefs))).toEqual([
    'SetUnitContactInput.phone',
    'SetUnitContactInput.email',
  ]);
});

describe.each(subgraphs)('the subgraph $name', ({ name, typeDefs }) => {
  test('says of every type, field, argument and value what it means', () => {
    expect(undescribed(typeDefs)).toEqual([]);
  });

  test.runIf(builtServices.includes(name))('tests of every change who may make it', () => {
    const changes = typeDefs.definitions.flatMap((definition) =>
      isMutation(definition) && 'fields' in definition
        ? (definition.fields ?? []).map((field) => kebab(field.name.value))
        : [],
    );
    const tested = tracked(`services/${name}`).map((file) => file.slice(file.lastIndexOf('/') + 1));
    expect(changes.filter((change) => !tested.includes(`${change}.access.test.ts`))).toEqual([]);
  });
});
