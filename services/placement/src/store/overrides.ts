import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { StoredOverride } from '../domain/run-record.ts';
import type { Override } from '../domain/round-instance.ts';

type Json = Omit<StoredOverride, 'override' | 'decidedAt' | 'withdrawn'> & {
  readonly kind: Override['kind'];
  readonly applicationId: string | null;
  readonly unitId: string;
  readonly group: string | null;
  readonly seats: number | null;
  readonly decidedAt: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnFor: string | null;
};

const select = async (tx: Tx, where: SQL): Promise<readonly StoredOverride[]> =>
  (
    await tx.execute<{ override: Json }>(sql`
      select jsonb_build_object('id', o.id, 'roundId', o.round_id, 'kind', o.kind, 'applicationId', o.application_id, 'unitId', o.unit_id,
        'group', lower(o.age_group), 'seats', o.seats, 'reason', coalesce(o.reason, ''), 'decidedBy', o.decided_by, 'decidedAt', o.decided_at,
        'approvedBy', p.approved_by, 'isApproved', p.override_id is not null, 'withdrawnAt', w.withdrawn_at, 'withdrawnFor', coalesce(w.reason, ''))
        as override
      from round_override o left join round_override_approval p on p.override_id = o.id
        left join round_override_withdrawal w on w.override_id = o.id
      where ${where}`)
  ).map(({ override }) => toOverride(override));

function toOverride({
  kind,
  applicationId,
  unitId,
  group,
  seats,
  decidedAt,
  withdrawnAt,
  withdrawnFor,
  ...rest
}: Json): StoredOverride {
  return {
    ...rest,
    override:
      kind === 'SEATS'
        ? { kind, unitId, group: group!, seats: seats! }
        : { kind, unitId, applicationId: applicationId! },
    decidedAt: new Date(decidedAt),
    withdrawn: withdrawnAt === null ? null : { reason: withdrawnFor!, at: new Date(withdrawnAt) },
  };
}

export const byId = async (tx: Tx, id: string): Promise<StoredOverride | undefined> =>
  (await select(tx, sql`o.id = ${id}`))[0];

export const byKey = async (tx: Tx, decidedBy: string, key: string): Promise<StoredOverride | undefined> =>
  (await select(tx, sql`o.decided_by = ${decidedBy} and o.idempotency_key = ${key}`))[0];

/** All that was decided by hand in a round and concerns nobody whom whoever asks may not meet; first come first, 500 at most. */
export const ofRound = (tx: Tx, roundId: string) =>
  select(tx, sql`o.round_id = ${roundId} order by o.nth limit 500`);

export interface NewOverride {
  readonly id: string;
  readonly roundId: string;
  readonly override: Override;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly idempotencyKey: string;
}

export async function insert(tx: Tx, { override, ...one }: NewOverride): Promise<void> {
  const [applicationId, group, seats] =
    override.kind === 'SEATS'
      ? [null, override.group.toUpperCase(), override.seats]
      : [override.applicationId, null, null];
  await tx.execute(sql`
    insert into round_override (id, round_id, kind, application_id, unit_id, age_group, seats, reason, decided_by, decided_at, idempotency_key)
    values (${one.id}, ${one.roundId}, ${override.kind}, ${applicationId}::uuid, ${override.unitId}, ${group}, ${seats}::int, ${one.reason},
      ${one.decidedBy}, ${one.decidedAt.toISOString()}::timestamptz, ${one.idempotencyKey})
    on conflict (decided_by, idempotency_key) do nothing`);
}

/** False where somebody has approved it already. */
export async function approve(tx: Tx, id: string, approvedBy: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into round_override_approval (override_id, approved_by, approved_at)
    values (${id}, ${approvedBy}, ${at.toISOString()}::timestamptz) on conflict do nothing returning override_id`);
  return rows.length > 0;
}

/** False where somebody has taken it back already. */
export async function withdraw(tx: Tx, id: string, by: string, reason: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into round_override_withdrawal (override_id, reason, withdrawn_by, withdrawn_at)
    values (${id}, ${reason}, ${by}, ${at.toISOString()}::timestamptz) on conflict do nothing returning override_id`);
  return rows.length > 0;
}

export interface NewRightDecision {
  readonly id: string;
  readonly applicationId: string;
  readonly hasRight: boolean;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly idempotencyKey: string;
}

/** Decides on the right of a child to a place, of an application that whoever asks sees; of nobody where there is none. */
export async function decideRight(tx: Tx, one: NewRightDecision): Promise<void> {
  await tx.execute(sql`
    insert into right_decision (id, application_id, child_id, round_id, has_right, reason, decided_by, decided_at, idempotency_key)
    select ${one.id}::uuid, a.id, a.child_id, a.round_id, ${one.hasRight}::boolean, ${one.reason}, ${one.decidedBy}::uuid,
      ${one.decidedAt.toISOString()}::timestamptz, ${one.idempotencyKey}
    from placement_application a where a.id = ${one.applicationId}
    on conflict (decided_by, idempotency_key) do nothing`);
}

/** The application that somebody decided on under a key of theirs. */
export async function rightDecidedUnder(
  tx: Tx,
  decidedBy: string,
  key: string,
): Promise<{ readonly applicationId: string; readonly hasRight: boolean } | undefined> {
  const [row] = await tx.execute<{ application_id: string; has_right: boolean }>(sql`
    select application_id, has_right from right_decision where decided_by = ${decidedBy} and idempotency_key = ${key}`);
  return row === undefined ? undefined : { applicationId: row.application_id, hasRight: row.has_right };
}
