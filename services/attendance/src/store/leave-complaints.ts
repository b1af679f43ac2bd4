import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Leave } from '../domain/leave.ts';
import type { LeaveComplaint } from '../domain/leave-complaint.ts';

/** A complaint, and which decision on its leave is the last. */
export interface StoredComplaint extends LeaveComplaint {
  readonly lastDecision: number;
}

type Json = Omit<StoredComplaint, 'complainedAt' | 'forwardedAt'> & {
  readonly complainedAt: string;
  readonly forwardedAt: string | null;
};

const select = async (
  tx: Tx,
  column: 'leave_id' | 'id',
  wanted: readonly string[],
): Promise<StoredComplaint[]> => {
  const rows = await tx.execute<{ complaint: Json }>(sql`
    select jsonb_build_object('id', c.id, 'leaveId', c.leave_id, 'nth', c.nth, 'isLate', c.is_late,
      'complainedBy', c.complained_by, 'complainedAt', c.complained_at, 'forwardedAt', f.forwarded_at,
      'lastDecision', (select max(d.nth) from leave_decision d where d.leave_id = c.leave_id)) as complaint
    from leave_complaint c left join leave_forwarding f on f.complaint_id = c.id
    where c.${sql.raw(column)} in (select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb)::uuid)
    order by c.complained_at, c.id`);
  return rows.map(({ complaint: { complainedAt, forwardedAt, ...complaint } }) => ({
    ...{ ...complaint, complainedAt: new Date(complainedAt) },
    forwardedAt: forwardedAt === null ? null : new Date(forwardedAt),
  }));
};

/** Complaints about some leaves, first come first, as far as the actor may see them. */
export const ofLeaves = (tx: Tx, leaveIds: readonly string[]): Promise<readonly StoredComplaint[]> =>
  select(tx, 'leave_id', leaveIds);

export const byId = async (tx: Tx, id: string): Promise<StoredComplaint | undefined> =>
  (await select(tx, 'id', [id]))[0];

/** False when the same guardian has complained about the same decision a moment before. */
export async function insert(
  tx: Tx,
  { id: leaveId, childId, unitId }: Leave,
  complaint: {
    readonly id: string;
    readonly nth: number;
    readonly isLate: boolean;
    readonly complainedBy: string;
  },
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into leave_complaint (id, leave_id, child_id, unit_id, nth, is_late, complained_by)
    values (${complaint.id}, ${leaveId}, ${childId}, ${unitId}, ${complaint.nth}, ${complaint.isLate}, ${complaint.complainedBy})
    on conflict do nothing`);
  return count > 0;
}

/** False when somebody has forwarded it a moment before. */
export async function forward(
  tx: Tx,
  { childId, unitId }: Leave,
  { id, leaveId }: LeaveComplaint,
  forwardedBy: string,
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into leave_forwarding (complaint_id, leave_id, child_id, unit_id, forwarded_by)
    values (${id}, ${leaveId}, ${childId}, ${unitId}, ${forwardedBy}) on conflict do nothing`);
  return count > 0;
}
