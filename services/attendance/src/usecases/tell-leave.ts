import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import type { Leave, LeaveDecider } from '../domain/leave.ts';
import type { LeaveComplaint } from '../domain/leave-complaint.ts';
import * as consequences from '../store/leave-consequences.ts';
import { placeOf, toldOf } from '../store/thresholds.ts';
import type { Deps } from './deps.ts';

type Told = Pick<Leave, 'id' | 'childId' | 'unitId'>;

/** As the service: who decides on it now. Where a class has no contact teacher, the leader. */
async function decidersOf(tx: Tx, leave: Told, decider: LeaveDecider): Promise<readonly string[]> {
  const told = await toldOf(tx, leave, [decider]);
  return told.length > 0 || decider === 'LEADER' ? told : toldOf(tx, leave, ['LEADER']);
}

/** As the service: the child's guardians but one. */
async function othersAtHome(
  tx: Tx,
  deps: Deps,
  { childId }: Told,
  by: string | null,
): Promise<readonly string[]> {
  const { personIds } = await consequences.guardiansOf(tx, childId, localDateAt(deps.now()));
  return personIds.filter((personId) => personId !== by);
}

type Recipients = { readonly home: readonly string[]; readonly staff: readonly string[] };

/** Of a protected child nobody is told by a message: who is named for it sees it in the list, and home at the child's (S-08, ADR-10). */
async function tellOf(
  tx: Tx,
  deps: Deps,
  leave: Told,
  noticeId: string,
  { home, staff }: Recipients,
): Promise<void> {
  const { childId, unitId } = leave;
  const recipients = [
    ...home.map((personId) => ({ personId, capacity: 'guardian' as const, childIds: [childId] })),
    ...staff.map((personId) => ({ personId, capacity: 'staff' as const, childIds: [childId] })),
  ];
  const { isProtected } = await placeOf(tx, leave, localDateAt(deps.now()));
  if (recipients.length === 0 || isProtected) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId, category: 'LEAVE', importance: 'ORDINARY', unitId, recipients },
    ...{ subjectId: childId, occurredAt: deps.now().toISOString() },
  });
}

/** As the service, in the transaction that takes an application in: every other guardian, who may object, and whoever decides (LEA-07). */
export async function tellApplied(tx: Tx, deps: Deps, leave: Leave): Promise<void> {
  await tellOf(tx, deps, leave, leave.id, {
    home: await othersAtHome(tx, deps, leave, leave.appliedBy),
    staff: await decidersOf(tx, leave, leave.decider),
  });
}

/**
 * As the service, in the transaction of an objection: the leader, whose it is now, and the contact teacher no more; not who applied
 * (LEA-07, ADR-11). Whoever objects has seen it.
 */
export async function tellObjected(
  tx: Tx,
  deps: Deps,
  before: Leave,
  { noticeId, by }: { readonly noticeId: string; readonly by: string },
): Promise<void> {
  const leaders = await decidersOf(tx, before, 'LEADER');
  const taught = before.decider === 'LEADER' ? [] : await toldOf(tx, before, ['CONTACT_TEACHER']);
  const gone = taught.filter((personId) => !leaders.includes(personId));
  await tell(tx, noticeDroppedV1, { noticeId: before.id, recipients: [by, ...gone] });
  await tellOf(tx, deps, before, noticeId, { home: [], staff: leaders });
}

/** As the service, in the transaction of a complaint: the leader, who prepares it, and every other guardian (ADM-05). */
export async function tellComplained(
  tx: Tx,
  deps: Deps,
  leave: Leave,
  { complaintId, by }: { readonly complaintId: string; readonly by: string },
): Promise<void> {
  await tellOf(tx, deps, leave, complaintId, {
    home: await othersAtHome(tx, deps, leave, by),
    staff: await decidersOf(tx, leave, 'LEADER'),
  });
}

/** As the service, in the transaction that forwards a complaint: whoever complained, who may read the note; it waits for no leader any more. */
export async function tellForwarded(
  tx: Tx,
  deps: Deps,
  leave: Leave,
  { id: noticeId, complainedBy }: LeaveComplaint,
): Promise<void> {
  const leaders = await decidersOf(tx, leave, 'LEADER');
  if (leaders.length > 0) await tell(tx, noticeDroppedV1, { noticeId, recipients: [...leaders] });
  const home = (await othersAtHome(tx, deps, leave, null)).filter((personId) => personId === complainedBy);
  await tellOf(tx, deps, leave, deps.newId(), { home, staff: [] });
}

/** As the service, in the transaction that decides or withdraws: what has not gone out yet does not any more. */
export async function dropNotices(
  tx: Tx,
  leaveId: string,
  complaintIds: readonly string[] = [],
): Promise<void> {
  const objected = await consequences.objectionNotices(tx, leaveId);
  for (const noticeId of [leaveId, ...objected, ...complaintIds])
    await tell(tx, noticeDroppedV1, { noticeId });
}
