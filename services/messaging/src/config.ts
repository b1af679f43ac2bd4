import { accessCopyConfig, migrationConfig, subgraphConfig } from '@ranselpost/kit/config';
import { filesConfig } from '@ranselpost/kit/files/config';
import { z } from 'zod';

export const configSchema = z.object({ ...subgraphConfig, ...accessCopyConfig, ...filesConfig });

export const migrationSchema = z.object(migrationConfig);
