import * as documents from '../store/claim-documents.ts';
import type { Deps } from './deps.ts';

const unusedForMs = 24 * 3_600_000;
const atOnce = 500;

/**
 * Takes away what was sent in a day ago and goes with nothing; and what nobody decides by any more, since the application was withdrawn, nobody can
 * appeal, or the child has its place in a round that is never over, but for what was appealed about until the archive has that (RET-02, RET-07).
 */
export const dropOldDocuments = ({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> =>
  db.asService(async (tx) => {
    await documents.removeUnused(tx, new Date(now().getTime() - unusedForMs));
    while ((await documents.forgetOver(tx, atOnce)) === atOnce);
  });
