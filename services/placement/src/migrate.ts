import { migrate } from '@ranselpost/kit/migrate';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { migrationSchema } from './config.ts';
import { migrations } from './migrations.ts';

const { MIGRATION_DATABASE_URL } = readConfigOrExit(migrationSchema);
const applied = await migrate('placement', MIGRATION_DATABASE_URL, migrations);
process.stdout.write(`${applied.length === 0 ? 'nothing to apply' : `applied ${applied.join(', ')}`}\n`);
