import { migrationConfig } from '@ranselpost/kit/config';
import { eventMigrations, migrate } from '@ranselpost/kit/migrate';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { z } from 'zod';
import { registryMigrations } from './migrations.ts';

const { MIGRATION_DATABASE_URL } = readConfigOrExit(z.object(migrationConfig));
for (const name of await migrate('registry', MIGRATION_DATABASE_URL, [eventMigrations, registryMigrations]))
  process.stdout.write(`applied ${name}\n`);
