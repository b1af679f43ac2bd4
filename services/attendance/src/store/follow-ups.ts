import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { FollowUp, FollowUpKind, FollowUpStep } from '../domain/follow-up.ts';

type FollowUpJson = Omit<FollowUp, 'openedAt' | 'closedAt'> & {
  readonly openedAt: string;
  readonly closedAt: string | null;
};
const followUpJson = sql`jsonb_build_object('id', id, 'childId', child_id, 'unitId', unit_id, 'kind', kind, 'openedAt', opened_at,
  'outcome', outcome, 'closedAt', closed_at, 'steps', (
    select coalesce(jsonb_agg(jsonb_build_object('id', step.id, 'kind', step.kind, 'dueOn', step.due_on,
      'responsible', step.responsible, 'doneOn', step.done_on) order by step.due_on, step.id), '[]')
    from follow_up_step step where step.follow_up_id = follow_up.id))`;
const fromJson = ({ openedAt, closedAt, ...rest }: FollowUpJson): FollowUp => ({
  ...{ ...rest, openedAt: new Date(openedAt) },
  closedAt: closedAt === null ? null : new Date(closedAt),
});

/** One change of a child's cases at a time. */
export const lock = async (tx: Tx, childId: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`follow-up ${childId}`}, 0))`));

export async function byId(tx: Tx, id: string): Promise<FollowUp | undefined> {
  const [row] = await tx.execute<{ found: FollowUpJson }>(
    sql`select ${followUpJson} as found from follow_up where id = ${id}`,
  );
  return row === undefined ? undefined : fromJson(row.found);
}

/** The case of which a step is. */
export async function ofStep(tx: Tx, stepId: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ follow_up_id: string }>(
    sql`select follow_up_id from follow_up_step where id = ${stepId}`,
  );
  return row?.follow_up_id;
}

/** What is open at a school, longest first; one more than a page where there is more. */
export async function openAt(
  tx: Tx,
  unitId: string,
  {
    after,
    first,
  }: { readonly after: { readonly key: string; readonly id: string } | null; readonly first: number },
): Promise<readonly FollowUp[]> {
  const rows = await tx.execute<{ found: FollowUpJson }>(sql`
    select ${followUpJson} as found from follow_up
    where unit_id = ${unitId} and closed_at is null
      and (${after?.key ?? null}::timestamptz is null
        or (date_trunc('milliseconds', opened_at), id) > (${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by date_trunc('milliseconds', opened_at), id limit ${first + 1}`);
  return rows.map(({ found }) => fromJson(found));
}

/** Opens a case, where none of its kind is; answers the one that is open. */
export async function open(
  tx: Tx,
  { id, childId, unitId, kind }: Pick<FollowUp, 'id' | 'childId' | 'unitId' | 'kind'>,
  openedBy: string,
): Promise<FollowUp> {
  await tx.execute(sql`
    insert into follow_up (id, child_id, unit_id, kind, opened_by)
    values (${id}, ${childId}, ${unitId}, ${kind}, ${openedBy})
    on conflict (child_id, unit_id, kind) where closed_at is null do nothing`);
  const [row] = await tx.execute<{ found: FollowUpJson }>(sql`
    select ${followUpJson} as found from follow_up
    where child_id = ${childId} and unit_id = ${unitId} and kind = ${kind} and closed_at is null`);
  return fromJson(row!.found);
}

/** As the service: opens a case, where none of its kind is. */
export const openByThreshold = async (
  tx: Tx,
  { id, childId, unitId, kind }: { id: string; childId: string; unitId: string; kind: FollowUpKind },
): Promise<void> =>
  void (await tx.execute(sql`
    insert into follow_up (id, child_id, unit_id, kind) values (${id}, ${childId}, ${unitId}, ${kind})
    on conflict (child_id, unit_id, kind) where closed_at is null do nothing`));

/** Adds a step; answers whether there was none of the same id. */
export async function addStep(
  tx: Tx,
  { id: followUpId, childId, unitId }: FollowUp,
  { id, kind, dueOn, responsible }: Omit<FollowUpStep, 'doneOn'>,
  addedBy: string,
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into follow_up_step (id, follow_up_id, child_id, unit_id, kind, due_on, responsible, added_by)
    values (${id}, ${followUpId}, ${childId}, ${unitId}, ${kind}, ${dueOn}, ${responsible}, ${addedBy})
    on conflict do nothing`);
  return count > 0;
}

export const noteDone = async (
  tx: Tx,
  { stepId, doneOn }: { readonly stepId: string; readonly doneOn: string },
  doneBy: string,
): Promise<void> =>
  void (await tx.execute(sql`
    update follow_up_step set done_on = ${doneOn}, done_by = ${doneBy} where id = ${stepId} and done_on is null`));

export const close = async (
  tx: Tx,
  id: string,
  { outcome, closedBy, at }: { readonly outcome: string; readonly closedBy: string; readonly at: Date },
): Promise<void> =>
  void (await tx.execute(sql`
    update follow_up set outcome = ${outcome}, closed_by = ${closedBy}, closed_at = ${at.toISOString()}::timestamptz
    where id = ${id} and closed_at is null`));

/** Takes away a child's cases; of others', who worked on them. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_follow_ups(${personId})`));
