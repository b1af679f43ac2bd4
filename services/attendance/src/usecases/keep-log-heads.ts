import type { Database, Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import * as heads from '../store/access-log-heads.ts';

/** Keeps a hash of identity's access log. Throws when another was told of the same block: one of the two was not true. */
export async function keepLogHead(tx: Tx, head: heads.LogHead): Promise<void> {
  if ((await heads.keep(tx, head)) !== head.hash)
    throw new AppError('CONFLICT', `block ${head.block} of the access log was told differently before`);
}

export const readLogHeads = (db: Database): Promise<readonly heads.KeptHead[]> =>
  db.asService((tx) => heads.all(tx));
