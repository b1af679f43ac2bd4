import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** What placement says of a child. */
export interface ConsideredWord {
  readonly childId: string;
  readonly revision: number;
  readonly isWaiting: boolean;
  readonly hasPlace: boolean;
  readonly heardAt: Date;
}

export async function keep(
  tx: Tx,
  { childId, revision, isWaiting, hasPlace, heardAt }: ConsideredWord,
): Promise<void> {
  const at = sql`${heardAt.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into considered_child as known (child_id, revision, is_waiting, has_place, heard_at, waited_until)
    select p.person_id, ${revision}::bigint, ${isWaiting}::boolean, ${hasPlace}::boolean, ${at}, case when ${isWaiting} then ${at} end
    from person p where p.person_id = ${childId} and not exists (select from erasure e where e.person_id = p.person_id)
    on conflict (child_id) do update set revision = excluded.revision, is_waiting = excluded.is_waiting, has_place = excluded.has_place,
      heard_at = excluded.heard_at,
      waited_until = case when excluded.is_waiting or known.is_waiting then excluded.heard_at else known.waited_until end
    where known.revision < excluded.revision`);
}
