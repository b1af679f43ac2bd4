import { newId } from '@ranselpost/kit/ids';
import { markAppealFiled } from '../src/usecases/archive-appeal.ts';
import type { World } from './world.ts';

/** What was appealed about an application was dismissed then, as if by hand; the archive is to have both acts. Answers their entries. */
export async function dismissed(
  { database: { admin } }: World,
  applicationId: string,
  at = new Date(),
): Promise<readonly string[]> {
  const entries = [newId(), newId()];
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      insert into appeal_move (appeal_id, nth, child_id, move, to_state, upholds, reason, made_at)
      select id, 1, child_id, 'DISMISS', 'CLOSED', false, 'For sent', ${at} from appeal where application_id = ${applicationId}`;
    await sql`update appeal set state = 'CLOSED' where application_id = ${applicationId}`;
    for (const entryId of entries)
      await sql`
        insert into archive_entry (entry_id, case_id, sealed)
        select ${entryId}, id, 'sealed' from appeal where application_id = ${applicationId}`;
  });
  return entries;
}

/** The archive says that it has an entry. */
export const filed = ({ deps }: World, entryId: string): Promise<void> =>
  deps.db.asService((tx) => markAppealFiled(tx, { entryId, archiveId: `archive ${entryId}` }));
