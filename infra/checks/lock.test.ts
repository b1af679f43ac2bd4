import { describe, expect, test } from 'vitest';
import { isApproved, licenceFaults } from './licences.ts';
import { locked, packages } from './lock.ts';
import { isTest } from './rooms.ts';
import { readTracked, tracked } from './tree.ts';

describe('the lock file', () => {
  test.each(['graphql', '@apollo/federation-internals', '@apollo/subgraph', 'zod', 'drizzle-orm'])(
    'holds one version of %s',
    (name) => {
      const versions = packages.filter((one) => one.name === name).map(({ version }) => version);
      expect([...new Set(versions)]).toHaveLength(1);
    },
  );

  test('names no host that packages come from', () => {
    expect(locked.filter(([, { resolved }]) => resolved?.includes('://')).map(([folder]) => folder)).toEqual(
      [],
    );
  });
});

describe('licences', () => {
  test('are approved by the Open Source Initiative, but for the exceptions that are stated', () => {
    expect(licenceFaults()).toEqual([]);
  });

  test('are read as SPDX writes them', () => {
    expect(
      ['MIT', '(MIT OR GPL-3.0)', 'MIT AND Zlib', '(MIT AND Zlib)'].filter((one) => !isApproved(one)),
    ).toEqual([]);
    expect(
      ['Elastic-2.0', 'MIT AND SSPL-1.0', 'unknown', 'SEE LICENSE IN LICENSE'].filter(isApproved),
    ).toEqual([]);
  });

  test('of the exception stay behind the files that are stated', () => {
    const seen = tracked().filter(
      (file) =>
        /^(kit|gateway|services)\/.*\.ts$/.test(file) &&
        !isTest(file) &&
        /from '@apollo\/(subgraph|gateway|composition|federation-internals|query-planner)['/]/.test(
          readTracked(file),
        ),
    );
    expect(seen.filter((file) => !/^(kit\/src\/subgraph\.ts|gateway\/src\/execution\/)/.test(file))).toEqual(
      [],
    );
  });
});
