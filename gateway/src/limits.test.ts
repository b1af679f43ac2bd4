import { buildSchema, getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createLimits, measure } from './limits.ts';
import { type OperationDefinitionNode, parse } from 'graphql';

const schema = buildSchema(`
  type Query { child(id: ID): Child children(first: Int = 20): [Child!]! }
  type Child { id: ID name: String friends(first: Int = 20, last: Int): [Child!]! }
`);
const limits = createLimits(schema, { maxCost: 2000, introspection: false });
const sizeOf = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition');
  return measure(schema, document, operation as OperationDefinitionNode, variables);
};

describe('the size of an operation', () => {
  test('is how deep it goes, by the way also through fragments', () => {
    expect(sizeOf('{ child { friends { id } } }').depth).toBe(3);
    expect(sizeOf('{ ...a } fragment a on Query { child { ... on Child { friends { id } } } }').depth).toBe(
      3,
    );
  });

  test('counts every alias and directive where it is used', () => {
    const text =
      '{ a: child { ...f } b: child { ...f @skip(if: false) } } fragment f on Child { x: id y: name @include(if: true) }';
    expect(sizeOf(text)).toMatchObject({ aliases: 6, directives: 3 });
  });

  test('multiplies the pages that an object lies in', () => {
    expect(sizeOf('{ child { id } }').cost).toBe(1);
    expect(sizeOf('{ children(first: 10) { id } }').cost).toBe(1);
    expect(sizeOf('{ children(first: 10) { friends(first: 5) { friends(first: 2) { id } } } }').cost).toBe(
      1 + 10 * (1 + 5),
    );
  });

  test('takes the page that the schema gives where none is asked for', () => {
    expect(sizeOf('{ children { friends { friends { id } } } }').cost).toBe(1 + 20 * (1 + 20));
  });

  test('takes a page from the variables, and from their defaults', () => {
    const text = 'query ($n: Int = 7) { children(first: $n) { friends { id } } }';
    expect(sizeOf(text).cost).toBe(8);
    expect(sizeOf(text, { n: 3 }).cost).toBe(4);
  });

  test('counts the larger of two page sizes', () => {
    expect(sizeOf('{ child { friends(first: 2, last: 50) { friends { id } } } }').cost).toBe(1 + 1 + 50);
  });

  test.each([0, -5, 1e12, 0.5])('is not made smaller or endless by a page of %s', (n) => {
    const { cost } = sizeOf(
      'query ($n: Int) { children(first: $n) { friends(first: $n) { friends(first: $n) { id } } } }',
      { n },
    );
    expect(cost).toBeGreaterThanOrEqual(3);
    expect(Number.isSafeInteger(cost) || cost > 2000).toBe(true);
  });
});

describe('a question about the schema', () => {
  const query = getIntrospectionQuery();

  test('is as deep as tools ask it where it may be asked, and measured like any other where not', () => {
    const open = createLimits(schema, { maxCost: 2000, introspection: true });
    expect(() => open.check(query, {}, undefined)).not.toThrow();
    expect(() => limits.check(query, {}, undefined)).toThrow(/depth/);
  });

  test('makes room for nothing beside it', () => {
    const open = createLimits(schema, { maxCost: 2000, introspection: true });
    const deep = `child { ${'friends { '.repeat(12)} id ${'} '.repeat(12)} }`;
    expect(() => open.check(`{ __schema { types { name } } ${deep} }`, {}, undefined)).toThrow(/depth/);
  });
});

describe('an operation made to keep us busy', () => {
  test('of fragments that double each other is measured at once', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, at) => `fragment f${at} on Child { ...f${at + 1} ...f${at + 1} }`,
    );
    const text = `{ child { ...f0 } } ${fragments.join(' ')} fragment f60 on Child { a: id }`;
    expect(() => limits.check(text, {}, undefined)).toThrow(/aliases/);
  });

  test('of fragments that contain themselves ends', () => {
    const text = '{ child { ...f } } fragment f on Child { friends { ...g } } fragment g on Child { ...f }';
    expect(() => limits.check(text, {}, undefined)).not.toThrow();
  });

  test('of several operations is measured by the largest, whichever is meant', () => {
    const large = `query b { children(first: 100) { friends(first: 100) { friends { id } } } }`;
    expect(() => limits.check(`query a { child { id } } ${large}`, {}, 'a')).toThrow(/cost/);
  });

  test('of more than 2,000 tokens is not read to its end', () => {
    expect(() => limits.check(`{ child { ${'id '.repeat(3000)} } }`, {}, undefined)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });
});
