import { type MigrationSet, accessCopyMigrations, eventMigrations } from '@ranselpost/kit/migrate';

/** Everything this service's database is made of, in the order it is applied. */
export const migrations: readonly MigrationSet[] = [
  eventMigrations,
  accessCopyMigrations,
  { name: 'placement', folder: new URL('../migrations/', import.meta.url) },
];
