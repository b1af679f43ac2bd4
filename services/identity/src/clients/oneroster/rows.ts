import { CsvError, parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import type { RosterFault } from '../../domain/roster.ts';

/** One line of one table: what stands in a column, without the spaces around it; nothing for one that is not there. */
export interface Row {
  readonly line: number;
  at(column: string): string;
}

/** The rows of one table, with what is wrong with it as a table. */
export async function* readRows(
  file: string,
  open: () => Promise<Readable>,
  required: readonly string[],
): AsyncGenerator<Row | RosterFault> {
  const fault = (kind: RosterFault['kind'], line: number, what: string): RosterFault => ({
    ...{ kind, file, line, what },
  });
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  let columns: ReadonlyMap<string, number> | undefined;
  let line = 1;
  try {
    const content = await open();
    content.on('error', (error) => parser.destroy(error));
    for await (const { record, info } of content.pipe(parser) as AsyncIterable<{
      record: readonly string[];
      info: { readonly lines: number };
    }>) {
      line = info.lines;
      if (columns === undefined) {
        columns = new Map(record.map((name, at) => [name.trim(), at]));
        const missing = required.filter((name) => !columns!.has(name));
        for (const name of missing) yield fault('missing', line, name);
        if (missing.length > 0) return;
      } else if (record.length !== columns.size) yield fault('not-csv', line, 'columns');
      else yield toRow(line, record, columns);
    }
    if (columns === undefined) yield fault('missing', 1, required[0] ?? 'header');
  } catch (error) {
    // What cannot be unpacked is as unreadable as a quote that is never closed.
    const at = error instanceof CsvError ? Number(error['lines'] ?? line) : line;
    yield fault('not-csv', at, error instanceof CsvError ? 'quotes' : 'file');
  }
}

const toRow = (line: number, record: readonly string[], columns: ReadonlyMap<string, number>): Row => ({
  line,
  at: (column) => record[columns.get(column) ?? -1]?.trim() ?? '',
});
