import type { Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Attachment } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';

/** Has files go with what is said to many, as they go with a message. */
export async function attachAllToBulletin(
  tx: Tx,
  bulletin: NonNullable<Attachment['bulletin']>,
  files: readonly Attachment[],
): Promise<void> {
  const ids = files.map(({ id }) => id);
  if (!(await attachments.attachToBulletin(tx, bulletin, ids)))
    throw new AppError('CONFLICT', 'a file went with something else at the same time');
}

/** Has files go with a message. One that has gone with another at the same time is not there any more at the next look. */
export async function attachAll(tx: Tx, messageId: string, files: readonly Attachment[]): Promise<void> {
  const ids = files.map(({ id }) => id);
  if (!(await attachments.attach(tx, messageId, ids)))
    throw new AppError('CONFLICT', 'a file went with another message at the same time');
}
