import { accessCopyConfig, migrationConfig, subgraphConfig } from '@ranselpost/kit/config';
import { z } from 'zod';

export const configSchema = z.object({ ...subgraphConfig, ...accessCopyConfig });

export const migrationSchema = z.object(migrationConfig);
