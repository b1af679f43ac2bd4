import { type GraphQLSchema, getNamedType, isCompositeType } from 'graphql';
import { type Column, columns, everyColumn, notLetIn } from './columns.ts';
import { possible, reference } from './graph.ts';
import type { Outcome, Row, Table } from './row.ts';

/** How a field is answered in a column, where the object it stands on can be reached. */
export interface Cell {
  readonly outcome: Outcome;
  /** False where there need not be anything to tell. */
  readonly isSure: boolean;
}
const cell = (outcome: Outcome, isSure = false): Cell => ({ outcome, isSure });

/** Every cell of the matrix, by field and column. None where nobody of that column gets so far. */
export type Matrix = ReadonlyMap<string, ReadonlyMap<Column, Cell>>;

function cellOf(row: Row, column: Column): Cell {
  if (row.kind === 'plain') return cell('shown');
  if (row.shown.includes(column)) return cell('shown', true);
  return row.may.includes(column) ? cell('shown') : cell(row.others[column] ?? row.rest, true);
}

/** The whole matrix: the rows of the table, and for whom each of them can come up at all. */
export function expand(table: Table, graph: GraphQLSchema): Matrix {
  const matrix = new Map(rowsOf(table).map((field) => [field, new Map<Column, Cell>()]));
  for (const column of everyColumn) {
    const visited = new Set<string>();
    const visit = (type: string, isReached: boolean): void => {
      if (visited.has(type)) return;
      visited.add(type);
      for (const [name, row] of Object.entries(table[type] ?? {})) {
        const field = `${type}.${name}`;
        const isOutside = (type.includes(':') ? ['signedOut'] : notLetIn).includes(column);
        const found = isOutside ? cell('UNAUTHENTICATED', true) : cellOf(row, column);
        if (!isReached && name !== reference) continue;
        matrix.get(field)!.set(column, found);
        if (['shown', 'NOT_YOURS'].includes(found.outcome))
          typesBelow(graph, type, name).forEach((below) => visit(below, true));
      }
    };
    visit('Query', true);
    visit('Mutation', true);
    for (const type of Object.keys(table).filter((one) => one.includes(':'))) {
      const row = table[type]![reference];
      const isShown = column !== 'signedOut' && row !== undefined && cellOf(row, column).outcome === 'shown';
      visit(type, isShown);
    }
  }
  return matrix;
}

export const rowsOf = (table: Table): readonly string[] =>
  Object.entries(table).flatMap(([type, fields]) => Object.keys(fields).map((field) => `${type}.${field}`));

/** A service's own answer is looked at no further than its own fields: the graph has rows for what lies below. */
function typesBelow(graph: GraphQLSchema, type: string, field: string): readonly string[] {
  const owner = graph.getType(type);
  if (owner === undefined || !('getFields' in owner)) return [];
  const answer = owner.getFields()[field];
  const named = answer && getNamedType(answer.type);
  return isCompositeType(named) ? possible(graph, named).map(({ name }) => name) : [];
}

const marks: Readonly<Record<Outcome, string>> = {
  ...{
    shown: 'R',
    null: '·',
    empty: '0',
    NOT_FOUND: 'N',
    FORBIDDEN: 'F',
    STEP_UP_REQUIRED: 'S',
    UNAUTHENTICATED: 'U',
  },
  ...{ NOT_YOURS: 'Y', BAD_USER_INPUT: 'B', OTHER: '?' },
};
const legend = `R told, r told if there is something, · null, 0 empty, N NOT_FOUND, F FORBIDDEN, S STEP_UP_REQUIRED, U UNAUTHENTICATED,
Y refused as another's to decide, and nothing where nobody gets so far.`;

/** The matrix as text, for people who review what changes in it. */
export function write(table: Table, matrix: Matrix): string {
  const ruleOf = (field: string): string => {
    const at = field.lastIndexOf('.');
    const row = table[field.slice(0, at)]?.[field.slice(at + 1)];
    return row?.kind === 'only' ? row.rule : '';
  };
  const width = Math.max(...[...matrix.keys()].map((field) => field.length)) + 2;
  const head = everyColumn.map(
    (column, at) => `${' '.repeat(width)}${'│'.repeat(at)}${column}: ${columns[column]}`,
  );
  const lines = [...matrix].map(([field, cells]) => {
    const row = everyColumn.map((column) => {
      const found = cells.get(column);
      if (found === undefined) return ' ';
      return found.outcome === 'shown' && !found.isSure ? 'r' : marks[found.outcome];
    });
    return `${field.padEnd(width)}${row.join('')}  ${ruleOf(field)}`.trimEnd();
  });
  return [legend, '', ...head, '', ...lines, ''].join('\n');
}
