import { type MigrationSet, eventMigrations } from '@ranselpost/kit/migrate';

export const migrations: readonly MigrationSet[] = [
  eventMigrations,
  { name: 'identity', folder: new URL('../migrations/', import.meta.url) },
];
