import { bare, tableName } from './migrations.ts';

export interface MigrationFile {
  readonly file: string;
  readonly text: string;
}

type Act = 'select' | 'update' | 'delete';

/** The statements of a text that run when it is applied: not what stands in the bodies of functions. */
function statements(text: string): string[] {
  const found: string[] = [];
  let statement = '';
  // A quoted text, a body between dollars, the end of a statement, or anything else.
  for (const [part, tag] of bare(text).matchAll(/'(?:[^']|'')*'|(\$\w*\$)[^]*?\1|;|[^';$]+|\$/g)) {
    if (part !== ';') {
      const isBodyOfFunction = tag !== undefined && !/^\s*do\b/i.test(statement);
      statement += isBodyOfFunction ? '' : part;
    } else if (statement.trim() !== '') {
      found.push(...(/^\s*do\b/i.test(statement) ? ofBlock(statement) : [statement.trim()]));
      statement = '';
    }
  }
  return found;
}

/** What a block does: its own statements, and those that it makes of texts, in a loop over names or without one. */
function ofBlock(block: string): string[] {
  const [, , body = ''] = /(\$\w*\$)([^]*)\1/.exec(block) ?? [];
  let names: string[] = [];
  const made = [...body.matchAll(/\barray\s*\[([^\]]*)\]|\bexecute\s+(?:format\s*\(\s*)?'((?:[^']|'')*)'/gi)];
  const texts = made.flatMap(([, list, text = '']) => {
    if (list === undefined)
      return text.includes('%I') ? names.map((name) => text.replace('%I', name)) : [text];
    names = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
    return [];
  });
  const own = body.replaceAll(/'(?:[^']|'')*'/g, "''").split(/;|\b(?:begin|loop|then|else)\b/i);
  return [...texts, ...own.map((one) => one.trim())];
}

const named = (pattern: RegExp, text: string): string | undefined => {
  const name = pattern.exec(text)?.[1];
  return name === undefined ? undefined : tableName(name);
};

/** The tables that a statement takes rows from, and what it does with those it finds there. */
function taken(statement: string): { readonly table: string; readonly act: Act }[] {
  if (
    !/^(with|insert|update|delete|merge|create\s+table\s+\S+\s+as|create\s+materialized)\b/i.test(statement)
  )
    return [];
  const lists = [
    ...statement.matchAll(
      /\b(?:from|join|using)\s+([\w."]+[^()]*?)(?=$|[()]|\b(?:on|where|set|join|using)\b)/gi,
    ),
  ];
  const read = lists.flatMap(([, list]) =>
    list!.split(',').map((one) => tableName(one.trim().split(/\s/)[0]!)),
  );
  const changed = named(/\bupdate\s+(?:only\s+)?(?!set\b)([\w."]+)/i, statement);
  const deleted = named(/\bdelete\s+from\s+(?:only\s+)?([\w."]+)/i, statement);
  return [
    ...read.map((table) => ({ table, act: 'select' as const })),
    ...(changed === undefined ? [] : [{ table: changed, act: 'update' as const }]),
    ...(deleted === undefined ? [] : [{ table: deleted, act: 'delete' as const }]),
  ];
}

/**
 * The statements of migrations that move no rows and say nothing of it: they run as the owner of the tables, to whom row-level
 * security that is forced shows what a policy shows it and no more. Whoever moves rows lets the owner for as long as that takes:
 * `create policy of_this_migration on t for update to {{owner}} using (true)`, and `drop policy` behind it.
 */
export function unmovedRows(files: readonly MigrationFile[]): string[] {
  const forced = new Set<string>();
  /** What the owner sees all rows of, by table and policy. */
  const policies = new Map<string, Map<string, string>>();
  const isOpen = (table: string, act: Act): boolean =>
    [...(policies.get(table)?.values() ?? [])].some((of) => of === 'all' || of === act);

  return files.flatMap(({ file, text }) =>
    statements(text).flatMap((statement) => {
      const locked = named(/^alter\s+table\s+(?:only\s+)?([\w."]+)\s+force\s+row/i, statement);
      if (locked !== undefined) forced.add(locked);
      const [, what, policy, on] =
        /^(create|alter|drop)\s+policy\s+(?:if\s+exists\s+)?(\w+)\s+on\s+([\w."]+)/i.exec(statement) ?? [];
      if (on !== undefined) {
        const known = policies.get(tableName(on)) ?? new Map<string, string>();
        policies.set(tableName(on), known);
        const isTheOwners = /\{\{owner\}\}|\bto\s+public\b/i.test(statement) || !/\bto\s/i.test(statement);
        const isOfAllRows = /\busing\s*\(\s*true\s*\)/i.test(statement);
        const isChanged =
          what!.toLowerCase() !== 'create' && (what!.toLowerCase() === 'drop' || !isOfAllRows);
        if (isChanged) known.delete(policy!);
        else if (isTheOwners && isOfAllRows && what!.toLowerCase() === 'create')
          known.set(
            policy!,
            /\bfor\s+(all|select|insert|update|delete)\b/i.exec(statement)?.[1]?.toLowerCase() ?? 'all',
          );
      }
      return taken(statement).flatMap(({ table, act }) => {
        const needed: Act[] = act === 'select' ? ['select'] : ['select', act];
        const missing = needed.filter((one) => forced.has(table) && !isOpen(table, one));
        return missing.map((one) => `${file}: the owner may ${one} nothing of ${table}`);
      });
    }),
  );
}
