import { type MigrationSet, accessCopyMigrations, eventMigrations } from '@ranselpost/kit/migrate';

/** Everything the database needs, in order. */
export const migrations: readonly MigrationSet[] = [
  eventMigrations,
  accessCopyMigrations,
  { name: 'notification', folder: new URL('../migrations/', import.meta.url) },
];
