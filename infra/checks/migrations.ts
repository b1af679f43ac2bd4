/** The text without its comments. */
export const bare = (text: string): string => text.replace(/--.*$/gm, '').replace(/\/\*[^]*?\*\//g, '');

export const tableName = (name: string): string => name.replaceAll('"', '').toLowerCase();

/** Tables that a statement in a loop is about: `format('alter table access.%I …')` over an array of names. */
function loopedTables(text: string, act: string): string[] {
  return [...text.matchAll(/\bdo\s+(\$\w*\$)([^]*?)\1/gi)].flatMap(([, , body]) => {
    const statement = new RegExp(`alter\\s+table\\s+([\\w.]*)%I\\s+${act}`, 'i').exec(body!);
    if (statement === null) return [];
    const names = [...body!.matchAll(/\barray\s*\[([^\]]*)\]/gi)].flatMap(([, list]) =>
      [...list!.matchAll(/'([^']+)'/g)].map(([, name]) => name!),
    );
    return names.map((name) => tableName(`${statement[1]}${name}`));
  });
}

const plainTables = (text: string, act: string): string[] =>
  [
    ...text.matchAll(
      new RegExp(`alter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?([\\w."]+)\\s+${act}`, 'gi'),
    ),
  ].map(([, name]) => tableName(name!));

const done = (text: string, act: string): ReadonlySet<string> =>
  new Set([...plainTables(text, act), ...loopedTables(text, act)]);

/** What of a set of migrations, read as one text, leaves a row open to whoever asks (S-12). */
export function migrationFaults(text: string): string[] {
  const sql = bare(text);
  const created = [
    ...sql.matchAll(/create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)/gi),
  ].map(([, name]) => tableName(name!));
  const enabled = done(sql, 'enable\\s+row\\s+level\\s+security');
  const forced = done(sql, 'force\\s+row\\s+level\\s+security');
  const views = [...sql.matchAll(/create\s+(?:or\s+replace\s+)?view\s+([\w."]+)([^;]*)/gi)];
  return [
    ...created
      .filter((table) => !enabled.has(table))
      .map((table) => `${table}: row level security is not enabled`),
    ...created
      .filter((table) => !forced.has(table))
      .map((table) => `${table}: row level security is not forced`),
    ...views
      .filter(([, , rest]) => !/security_invoker\s*=\s*(true|on|1)/i.test(rest!.split(/\bas\b/i)[0]!))
      .map(([, name]) => `${name}: a view without security_invoker sees what its owner sees`),
    ...[...sql.matchAll(/\b(disable|no\s+force)\s+row\s+level\s+security/gi)].map(
      ([words]) => `says "${words}"`,
    ),
  ];
}

/**
 * What of the names of a set's files is not as it should be: numbered from 0001 and named for what they do. A set leaves no gap
 * but before a round ten, where what is built side by side begins a row of its own.
 */
export function numberFaults(files: readonly string[]): string[] {
  let before = 0;
  return files.toSorted().flatMap((file) => {
    const number = Number(/^(\d{4})_[a-z0-9]+(_[a-z0-9]+)*\.sql$/.exec(file)?.[1]);
    const isNext = number === before + 1 || (number > before && number % 10 === 0);
    const faults = isNext
      ? []
      : [`${file}: should be ${String(before + 1).padStart(4, '0')}_<what_it_does>.sql`];
    before = Number.isNaN(number) ? before + 1 : number;
    return faults;
  });
}
