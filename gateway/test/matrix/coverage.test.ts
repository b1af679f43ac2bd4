import { describe, expect, test } from 'vitest';
import { expand, rowsOf, write } from './expected.ts';
import { fieldsThatNeedRows, readGraph, readParts } from './graph.ts';
import { table } from './table.ts';

const where = 'gateway/test/matrix/table.ts';
const graph = readGraph();
const rows = rowsOf(table);

/** What has no row, type by type, and what to do about it. */
const missing = (needed: readonly string[]): readonly string[] => {
  const without = needed
    .filter((field) => !rows.includes(field))
    .map((field) => field.split('.') as [string, string]);
  return [...Map.groupBy(without, ([type]) => type)].map(
    ([type, fields]) =>
      `${type} has no row in the access matrix for ${fields.map(([, name]) => name).join(', ')}. ` +
      `Add one to ${type} in ${where}: to its \`plain\` list what goes with the object it stands on; for anything else ` +
      `\`only(who, how the rest is answered, 'rule ids')\`. A query also goes into \`aboutNoChild\` or \`aboutAChild\` ` +
      `of matrix.journey.test.ts, a change into changes.ts. Then run ` +
      `\`npx vitest run --project house gateway/test/matrix -u\` and commit fields.txt with it.`,
  );
};

describe('the access matrix (required test 1)', () => {
  test('has a row for every field that the graph can answer with, and for every reference to a service', () => {
    expect(missing(fieldsThatNeedRows(graph, readParts()))).toEqual([]);
  });

  test('has no row for what is not there', () => {
    const needed = fieldsThatNeedRows(graph, readParts());
    expect(rows.filter((row) => !needed.includes(row))).toEqual([]);
  });

  test('is, for every field and role, as it was reviewed; what changes shows in fields.txt', async () => {
    await expect(write(table, expand(table, graph))).toMatchFileSnapshot('fields.txt');
  });
});
