import { type MigrationSet, eventMigrations } from '@ranselpost/kit/migrate';

/** What the gateway's database is made of, in the order it is applied. */
export const migrations: readonly MigrationSet[] = [
  eventMigrations,
  { name: 'gateway', folder: new URL('../migrations/', import.meta.url) },
];
