import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Restriction } from '../domain/restrictions.ts';
import { idsOf } from './json.ts';

/** A restriction with all that staff know of it. */
export interface StoredRestriction extends Restriction {
  readonly childId: string;
  readonly noteId: string | null;
  readonly imposedBy: string;
  readonly imposedAt: string;
  readonly liftedAt: string | null;
}

const columns = sql`jsonb_build_object('restrictionId', restriction_id, 'childId', human(child_id), 'personId', human(person_id),
  'kind', kind, 'authority', authority, 'closesAccess', closes_access, 'reviewOn', review_on, 'noteId', note_id,
  'imposedBy', imposed_by, 'imposedAt', imposed_at, 'liftedAt', lifted_at)`;

/** Those in force for some children, oldest first. */
export async function ofChildren(tx: Tx, childIds: readonly string[]): Promise<readonly StoredRestriction[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ restriction: StoredRestriction }>(sql`
    select ${columns} as restriction from restriction
    where child_id = any (with_merged(${idsOf(childIds)})) and lifted_at is null order by imposed_at, restriction_id`);
  return rows.map(({ restriction }) => restriction);
}

export async function load(tx: Tx, restrictionId: string): Promise<StoredRestriction | undefined> {
  const [row] = await tx.execute<{ restriction: StoredRestriction }>(sql`
    select ${columns} as restriction from restriction where restriction_id = ${restrictionId}`);
  return row?.restriction;
}

/** Imposes a restriction, in the name of whom this transaction has entered as. */
export async function insert(
  tx: Tx,
  restriction: Omit<StoredRestriction, 'imposedAt' | 'liftedAt'>,
): Promise<void> {
  const { restrictionId, childId, personId, kind, authority, closesAccess, reviewOn, noteId, imposedBy } =
    restriction;
  await tx.execute(sql`
    insert into restriction (restriction_id, child_id, person_id, kind, authority, closes_access, note_id, review_on, imposed_by)
    values (${restrictionId}, ${childId}, ${personId}, ${kind}, ${authority}, ${closesAccess}, ${noteId}, ${reviewOn}, ${imposedBy})`);
}

/** Lifts one, by a decision that stands. */
export async function lift(
  tx: Tx,
  restrictionId: string,
  { liftedBy, decisionId }: { readonly liftedBy: string; readonly decisionId: string },
): Promise<void> {
  await tx.execute(sql`
    update restriction set lifted_at = now(), lifted_by = ${liftedBy}, lift_decision_id = ${decisionId}
    where restriction_id = ${restrictionId}`);
}

/** Whether somebody has or had to do with a child: by a grant of any state, or named by an entry. */
export async function isKnownTo(tx: Tx, childId: string, personId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_known: boolean }>(sql`
    select exists (select from access_grant where child_id = any (with_merged(array[${childId}::uuid]))
        and human(person_id) = human(${personId}))
      or exists (select from responsibility where child_id = ${childId} and human(holder_id) = human(${personId})) as is_known`);
  return row?.is_known ?? false;
}
