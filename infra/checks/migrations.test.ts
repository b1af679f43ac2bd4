import { describe, expect, test } from 'vitest';
import { migrationFaults, numberFaults } from './migrations.ts';
import { readTracked, tracked } from './tree.ts';

const sets = Object.entries(
  Object.groupBy(
    tracked().filter((file) => /(^|\/)migrations\/.*\.sql$/.test(file)),
    (file) => file.slice(0, file.lastIndexOf('/')),
  ),
).map(([folder, files]) => ({ folder, files: files ?? [] }));

describe.each(sets)('the migrations in $folder', ({ folder, files }) => {
  test('are numbered without a gap and named for what they do', () => {
    expect(numberFaults(files.map((file) => file.slice(folder.length + 1)))).toEqual([]);
  });

  test('force row level security on every table they create (S-12)', () => {
    expect(migrationFaults(files.map(readTracked).join('\n'))).toEqual([]);
  });
});

describe('the check of migrations itself', () => {
  const table = 'create table thing (id uuid);';
  test.each([
    [table, 2],
    [`${table} alter table thing enable row level security;`, 1],
    [
      `${table} alter table thing enable row level security; -- alter table thing force row level security`,
      1,
    ],
    [
      `${table} do $$ begin foreach n in array array['other'] loop execute format('alter table %I force row level security', n); end loop; end $$;`,
      2,
    ],
    ['create view all_things as select * from thing;', 1],
    ['alter table thing disable row level security;', 1],
  ])('refuses %s', (text, count) => {
    expect(migrationFaults(text)).toHaveLength(count);
  });

  test('lets a locked table and a view of the asker pass', () => {
    const locks = 'alter table thing enable row level security; alter table thing force row level security;';
    expect(
      migrationFaults(`${table} ${locks} create view v with (security_invoker = true) as select 1;`),
    ).toEqual([]);
  });

  test('finds a gap and a name that says nothing', () => {
    expect(numberFaults(['0001_create_things.sql', '0003_add_name.sql'])).toHaveLength(1);
    expect(numberFaults(['0001.sql'])).toHaveLength(1);
    expect(numberFaults(['0001_create_things.sql', '0001_create_others.sql'])).toHaveLength(1);
    expect(numberFaults(['0001_create_things.sql', '0050_create_others.sql', '0051_add_name.sql'])).toEqual(
      [],
    );
  });
});
