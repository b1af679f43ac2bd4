import * as feed from '../store/feed.ts';
import type { ReadDeps } from './deps.ts';

/**
 * Remembers where the feed stands before anything is read for the first time: whatever happens while people are being
 * read comes after that number, and will be heard. Does nothing when it has been remembered before.
 */
export async function startFeed({ db, freg, log }: ReadDeps): Promise<void> {
  const { sequence } = await db.asService(feed.pointer);
  if (sequence !== null) return;
  const newest = await freg.newest();
  if (await db.asService((tx) => feed.start(tx, newest)))
    log.info('the feed will be followed from here on', { position: newest });
}
