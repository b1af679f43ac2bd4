import { describe, expect, test } from 'vitest';
import { readPage, toPage } from './connection.ts';

const rows = (count: number) => Array.from({ length: count }, (_row, index) => ({ key: `row ${index}` }));
const keyOf = ({ key }: { key: string }) => key;

describe('a page', () => {
  test('holds what was asked for; one row more only says that there is more', () => {
    const page = toPage(rows(3), 2, null, keyOf);
    expect(page.nodes).toEqual(rows(2));
    expect(page.edges.map(({ node }) => node)).toEqual(rows(2));
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(page.pageInfo.endCursor).toBe(page.edges[1]!.cursor);
  });

  test('is the last when there is no row more', () => {
    expect(toPage(rows(2), 2, 'row 0', keyOf).pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  test('without rows has no cursors', () => {
    expect(toPage([], 2, null, keyOf)).toMatchObject({
      nodes: [],
      pageInfo: { startCursor: null, endCursor: null },
    });
  });

  test('goes on after the cursor that ended the one before', () => {
    const { endCursor } = toPage(rows(3), 2, null, keyOf).pageInfo;
    expect(readPage({ first: 2, after: endCursor })).toEqual({ first: 2, after: 'row 1' });
  });
});

describe('asking for a page', () => {
  test('means twenty from the beginning when nothing is said', () => {
    expect(readPage({})).toEqual({ first: 20, after: null });
    expect(readPage({ first: null, after: null })).toEqual({ first: 20, after: null });
  });

  test.each([0, -1, 101, 1.5, Number.NaN])('for %d rows is refused', (first) => {
    expect(() => readPage({ first })).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test.each(['', ' ', 'é', '????', 'cm93IDE='])(
    'after %j is refused, as it is no cursor of ours',
    (after) => {
      if (after === '') return expect(readPage({ after }).after).toBe('');
      expect(() => readPage({ after })).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    },
  );
});
