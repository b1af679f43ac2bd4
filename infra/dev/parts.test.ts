import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { natsUsers } from '../nats/users.ts';
import { servicesWithDatabase } from '../postgres/services.ts';
import { portsOf } from './part.ts';
import { parts } from './parts.ts';
import { Secrets } from './secrets.ts';
import { stopOrder } from './stop-order.ts';
import { natsOffset, postgresOffset, surroundingsOf } from './surroundings.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-parts-'));
const place = {
  ...{ portBase: 4000, dataDir, children: 1, seed: 1, parts },
  secrets: new Secrets(dataDir),
  outside: { postgres: undefined, nats: undefined },
};
const where = surroundingsOf(place);
const environmentOf = (name: string): Readonly<Record<string, string>> =>
  parts.find((part) => part.name === name)?.environment(where) ?? {};

afterAll(() => rmSync(dataDir, { recursive: true }));

describe('the table of parts', () => {
  test('gives no port twice', () => {
    const ports = [...parts.flatMap((part) => portsOf(part, 0)), postgresOffset, natsOffset];
    expect(ports).toEqual([...new Set(ports)]);
  });

  test('gives everything with a database its own logins and its own user on the bus', () => {
    for (const name of servicesWithDatabase) {
      expect(environmentOf(name)['DATABASE_URL']).toMatch(new RegExp(`^postgres://${name}:.+/${name}$`));
      expect(environmentOf(name)['NATS_URL']).toMatch(new RegExp(`^nats://${name}:`));
      const migration = parts.find((part) => part.name === name)?.migration?.environment(where);
      expect(migration?.['MIGRATION_DATABASE_URL']).toMatch(
        new RegExp(`^postgres://${name}_owner:.+/${name}$`),
      );
    }
    expect(natsUsers.map(({ name }) => name).toSorted()).toEqual([...servicesWithDatabase].toSorted());
  });

  test('keeps the keys of national numbers with identity and registry alone (S-10)', () => {
    const holders = parts.filter((part) => 'NUMBER_KEYS' in part.environment(where)).map(({ name }) => name);
    expect(holders).toEqual(['identity', 'registry']);
    expect(environmentOf('identity')['NUMBER_KEYS']).not.toBe(environmentOf('registry')['NUMBER_KEYS']);
    expect(environmentOf('identity')['SEAL_KEYS']).toBe(environmentOf('registry')['SEAL_KEYS']);
  });

  test('gives the same secrets at every start, and others to another clone', () => {
    const again = surroundingsOf({ ...place, secrets: new Secrets(dataDir) });
    expect(again.databaseUrl('identity', 'identity')).toBe(where.databaseUrl('identity', 'identity'));
    const otherDir = join(dataDir, 'other');
    const other = surroundingsOf({ ...place, dataDir: otherDir, secrets: new Secrets(otherDir) });
    expect(other.databaseUrl('identity', 'identity')).not.toBe(where.databaseUrl('identity', 'identity'));
  });

  test('waits only for what exists', () => {
    const known = new Set(['postgres', 'nats', ...parts.map(({ name }) => name)]);
    expect(parts.flatMap(({ after }) => after).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the order of stopping', () => {
  test('goes from the gateway over services and simulators to the bus and the database', () => {
    expect(stopOrder.map(({ kind }) => kind)).toEqual([
      'gateway',
      'service',
      'simulator',
      'nats',
      'postgres',
    ]);
  });

  test('asks Postgres with SIGINT and everything else with SIGTERM', () => {
    for (const { kind, signal } of stopOrder) expect(signal).toBe(kind === 'postgres' ? 'SIGINT' : 'SIGTERM');
  });

  test('gives services longer than they take for themselves', () => {
    const services = stopOrder.filter(({ kind }) => kind === 'service' || kind === 'gateway');
    expect(services.map(({ limitMs }) => limitMs > 25_000)).toEqual([true, true]);
  });
});
