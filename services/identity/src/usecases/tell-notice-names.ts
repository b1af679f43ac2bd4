import { fact, tellAll } from '@ranselpost/kit/outbox';
import { sealFor } from '@ranselpost/kit/seal';
import { noticeNameChangedV1 } from '@ranselpost/schema/events/identity/notice-name-changed.v1';
import * as names from '../store/notice-names.ts';
import type { ArchiveDeps } from './deps.ts';

const batch = 500;

/**
 * Tells whoever sends by which first names children may be called in notices to their guardians, where that is another than was
 * told last (N16). It depends on choices, grants, names and protection alike, so it is worked out anew and not followed; whoever
 * sends looks at the ground and the protection of that moment besides. Answers whether there may be more.
 */
export const tellNoticeNames = ({ db, archiveKey }: ArchiveDeps): Promise<boolean> =>
  db.asService(async (tx) => {
    const gone = await names.takeGone(tx, batch);
    const news = await names.takeNews(tx, batch);
    const told = await Promise.all(
      news.map(async ({ personId, childId, firstName }) => ({
        ...{ personId, childId },
        sealed: await sealFor(archiveKey, `${personId}/${childId}`, { firstName }),
      })),
    );
    await tellAll(tx, [
      ...gone.map(({ personId, childId }) => fact(noticeNameChangedV1, { personId, childId, sealed: null })),
      ...told.map((name) => fact(noticeNameChangedV1, name)),
    ]);
    return gone.length === batch || news.length === batch;
  });
