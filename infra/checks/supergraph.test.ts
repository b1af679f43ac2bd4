import { type DocumentNode, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  breakingChanges,
  composeSupergraph,
  readSubgraphs,
  releasedFile,
  supergraphFile,
} from '../codegen/supergraph.ts';
import { root } from '../dev/paths.ts';

const committed = (file: string): string => readFileSync(join(root, file), 'utf8');

const sdl = (name: string, text: string): { name: string; typeDefs: DocumentNode } => ({
  name,
  typeDefs: parse(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@authenticated"])\n${text}`,
  ),
});

describe('the supergraph', () => {
  test('is what the subgraphs compose to, and both composers agree', () => {
    expect(composeSupergraph(readSubgraphs())).toBe(committed(supergraphFile));
  });

  test('takes nothing from callers of the last release', async () => {
    const released = committed(releasedFile);
    expect(await breakingChanges(released, committed(supergraphFile))).toEqual([]);
  });

  test('runs on any router: it names no directive of the gateway it happens to run on', () => {
    expect(committed(supergraphFile)).not.toMatch(
      /@(authenticated|requiresScopes|policy|context|fromContext)\b/,
    );
    expect(() => composeSupergraph([sdl('one', 'type Query { mine: Int @authenticated }')])).toThrow(
      /@authenticated is not for our graph/,
    );
  });

  test('names the file and the line of a fault', () => {
    const one = sdl(
      'one',
      'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! name: String }',
    );
    const two = sdl('two', 'type Thing @key(fields: "id") { id: ID! name: Int }');
    expect(() => composeSupergraph([one, two])).toThrow(/Thing\.name[^]*\n {4}at GraphQL request:2/);
  });

  test('tells a field that was taken away, and lets a new one pass', async () => {
    const composed = (fields: string) => composeSupergraph([sdl('one', `type Query { ${fields} }`)]);
    expect(await breakingChanges(composed('a: Int b: Int'), composed('a: Int c: Int'))).toEqual([
      "Field 'b' was removed from object type 'Query'",
    ]);
    expect(await breakingChanges(composed('a: Int'), composed('a: Int b: Int'))).toEqual([]);
  });
});
