import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export type Phase = 'erased' | 'concealed' | 'units' | 'roles' | 'settings' | 'children' | 'followed';

/** Days that somebody erased may be in a backup somewhere, and some: they are overwritten within ninety (RET-08). */
const erasedKeptDays = 120;

export interface Running {
  readonly snapshotId: string;
  readonly phase: Phase;
  readonly cursor: string | null;
  /** Whom identity follows is told too. */
  readonly hasFollowed: boolean;
}

export interface Beginning {
  readonly snapshotId: string;
  readonly hasFollowed: boolean;
}

/** Notes a beginning, unless one runs or the end of the last one still waits to be published. */
export async function start(
  tx: Tx,
  { snapshotId, hasFollowed }: Beginning,
  completedType: string,
): Promise<boolean> {
  const started = await tx.execute(sql`
    update snapshot set snapshot_id = ${snapshotId}, phase = 'erased', cursor = null, has_followed = ${hasFollowed},
      started_at = now(), completed_at = null
    where (snapshot_id is null or completed_at is not null)
      and not exists (select from outbox where published_at is null and type = ${completedType})
    returning snapshot_id`);
  return started.length > 0;
}

/**
 * Notes a beginning in the place of whatever runs, and raises what has been told, and all that will be, above every
 * revision that this database may have told and forgotten.
 */
export async function startAbove(tx: Tx, { snapshotId, hasFollowed }: Beginning): Promise<void> {
  await tx.execute(sql`
    update snapshot set snapshot_id = ${snapshotId}, phase = 'erased', cursor = null, has_followed = ${hasFollowed},
      started_at = now(), completed_at = null,
      revision_floor = greatest(revision_floor + 1, floor(extract(epoch from now()))::integer)`);
  for (const table of ['unit', 'unit_features'])
    await tx.execute(sql`
      update ${sql.raw(table)} set revision = greatest(revision, revision_floor) from snapshot where revision > 0`);
}

/** The one that runs, held by this transaction so that two replicas do not tell the same batch. */
export async function running(tx: Tx): Promise<Running | undefined> {
  const [row] = await tx.execute<{
    snapshot_id: string;
    phase: Phase;
    cursor: string | null;
    has_followed: boolean;
  }>(sql`
    select snapshot_id, phase, cursor, has_followed from snapshot where snapshot_id is not null and completed_at is null for update`);
  return row === undefined
    ? undefined
    : {
        snapshotId: row.snapshot_id,
        phase: row.phase,
        cursor: row.cursor,
        hasFollowed: row.has_followed,
      };
}

/** The next ids of a phase, in their order. */
export async function next(tx: Tx, { phase, cursor }: Running, most: number): Promise<readonly string[]> {
  const after = cursor ?? '00000000-0000-0000-0000-000000000000';
  const query = {
    erased: sql`
      select person_id as id from erasure
      where person_id > ${after} and erased_at > now() - ${erasedKeptDays} * interval '1 day' order by 1 limit ${most}`,
    concealed: sql`
      select r.person_id as id from protection_raise r join person p on p.person_id = r.person_id
      where r.person_id > ${after}
        and greatest(protection_rank(p.protection), protection_rank(p.held_protection)) >= protection_rank('FORTROLIG')
      order by 1 limit ${most}`,
    units: sql`select unit_id as id from unit where unit_id > ${after} order by 1 limit ${most}`,
    roles: sql`select person_id as id from person where person_id > ${after} and roles_revision > 0 order by 1 limit ${most}`,
    settings: sql`
      select person_id as id from person_settings where person_id > ${after} and revision > 0
      union select person_id from push_device where person_id > ${after} order by 1 limit ${most}`,
    children: sql`
      select person_id as id from person
      where person_id > ${after} and (guardians_revision > 0 or enrolments_revision > 0)
      union select child_id from child_description where child_id > ${after} order by 1 limit ${most}`,
    followed: sql`
      select person_id as id from person
      where person_id > ${after} and followed_as is not null and merged_into is null order by 1 limit ${most}`,
  }[phase];
  return (await tx.execute<{ id: string }>(query)).map(({ id }) => id);
}

export async function moveOn(tx: Tx, phase: Phase, cursor: string | null): Promise<void> {
  await tx.execute(sql`update snapshot set phase = ${phase}, cursor = ${cursor}`);
}

export async function complete(tx: Tx): Promise<void> {
  await tx.execute(sql`update snapshot set completed_at = now()`);
}
