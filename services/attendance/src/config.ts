import { accessCopyConfig, migrationConfig, serviceConfig, subgraphConfig } from '@ranselpost/kit/config';
import { z } from 'zod';

export const configSchema = z.object({ ...subgraphConfig, ...accessCopyConfig });

/** What the command that prints hashes of the access log reads. */
export const commandSchema = z.object({ DATABASE_URL: serviceConfig.DATABASE_URL });

export const migrationSchema = z.object(migrationConfig);
