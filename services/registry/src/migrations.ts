import type { MigrationSet } from '@ranselpost/kit/migrate';

export const registryMigrations: MigrationSet = {
  name: 'registry',
  folder: new URL('../migrations/', import.meta.url),
};
