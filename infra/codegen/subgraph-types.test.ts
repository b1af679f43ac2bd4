import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, test } from 'vitest';
import { makeSubgraphTypes, readOwnTypes } from './subgraph-types.ts';

describe('types of resolvers', () => {
  test('are types and nothing else, so that Node runs a file that imports them', async () => {
    const text = await makeSubgraphTypes('attendance');
    const code = stripTypeScriptTypes(text).replace(/\/\*[^]*?\*\/|export \{\};?|;/g, '');
    expect(code.trim()).toBe('');
  });

  test('name every mutation, so that a forgotten resolver does not compile', async () => {
    expect(await makeSubgraphTypes('attendance')).toMatch(/MutationResolvers<[^{]*\{[^}]*\breportAbsence\?:/);
  });

  test("use the service's own context and models where it declares them", () => {
    const text =
      'export interface Context { id: string }\nexport type ChildModel = string;\ntype Inner = 1;\n';
    expect(readOwnTypes(text)).toEqual({ context: true, models: ['Child'] });
  });

  test('do without, where a service declares none', () => {
    expect(readOwnTypes('')).toEqual({ context: false, models: [] });
  });
});
