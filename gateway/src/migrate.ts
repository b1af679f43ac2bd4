import { migrationConfig } from '@ranselpost/kit/config';
import { migrate } from '@ranselpost/kit/migrate';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { z } from 'zod';
import { migrations } from './migrations.ts';

const { MIGRATION_DATABASE_URL } = readConfigOrExit(z.object(migrationConfig));
for (const name of await migrate('gateway', MIGRATION_DATABASE_URL, migrations))
  console.log(JSON.stringify({ part: 'gateway', applied: name }));
