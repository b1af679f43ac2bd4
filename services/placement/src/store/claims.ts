import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Claim, Verdict } from '../domain/claim.ts';
import type { StatuteRule } from '../domain/statutes.ts';

/** What is claimed of a child, with what was decided on it, as far as whoever asks may read. */
export interface StoredClaim extends Claim {
  readonly childId: string;
  readonly roundId: string;
  readonly unitId: string | null;
  readonly assignedTo: string | null;
  readonly claimedBy: string | null;
  readonly claimedAt: Date;
  readonly verdicts: readonly StoredVerdict[];
}

export interface StoredVerdict {
  readonly verdict: Exclude<Verdict, 'undecided'>;
  readonly reason: string | null;
  readonly decidedAt: Date;
  readonly key: string;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly application_id: string;
  readonly child_id: string;
  readonly round_id: string;
  readonly unit_id: string | null;
  readonly flag: string;
  readonly verdict: Verdict;
  readonly proven_at: string | null;
  readonly assigned_to: string | null;
  readonly claimed_by: string | null;
  readonly claimed_at: string;
  readonly verdicts: readonly (Omit<StoredVerdict, 'decidedAt'> & { readonly decidedAt: string })[];
}

const fromRow = (row: Row): StoredClaim => ({
  id: row.id,
  applicationId: row.application_id,
  childId: row.child_id,
  roundId: row.round_id,
  unitId: row.unit_id,
  flag: row.flag,
  verdict: row.verdict,
  provenAt: row.proven_at === null ? null : new Date(row.proven_at),
  assignedTo: row.assigned_to,
  claimedBy: row.claimed_by,
  claimedAt: new Date(row.claimed_at),
  verdicts: row.verdicts.map((one) => ({ ...one, decidedAt: new Date(one.decidedAt) })),
});

const ids = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::uuid)`;

const select = async (tx: Tx, where: SQL): Promise<StoredClaim[]> =>
  (
    await tx.execute<Row>(sql`
      select c.id, c.application_id, c.child_id, c.round_id, c.unit_id, c.flag, lower(c.verdict) as verdict, c.proven_at,
        c.assigned_to, c.claimed_by, c.claimed_at, coalesce((
          select jsonb_agg(jsonb_build_object('verdict', lower(v.verdict), 'reason', v.reason, 'decidedAt', v.decided_at,
            'key', v.idempotency_key) order by v.decided_at, v.id)
          from claim_verdict v where v.claim_id = c.id), '[]') as verdicts
      from claim c where ${where}`)
  ).map(fromRow);

/** From here on nobody else decides on it, until the transaction ends. */
export const lock = (tx: Tx, claimId: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`claim ${claimId}`}, 0))`);

export const byIds = (tx: Tx, wanted: readonly string[]): Promise<StoredClaim[]> =>
  select(tx, sql`c.id in ${ids(wanted)}`);

export const ofApplications = (tx: Tx, applicationIds: readonly string[]): Promise<StoredClaim[]> =>
  select(tx, sql`c.application_id in ${ids(applicationIds)} order by c.claimed_at, c.id`);

/** Where a page of a list goes on. */
export interface ClaimPlace {
  readonly at: string;
  readonly id: string;
}
export interface ClaimListing {
  readonly after: ClaimPlace | null;
  readonly first: number;
}

/** What somebody was named for and is still to decide, longest first; one more than wanted when there are more. */
export const assignedTo = (
  tx: Tx,
  personId: string,
  { after, first }: ClaimListing,
): Promise<StoredClaim[]> =>
  select(
    tx,
    sql`c.assigned_to = ${personId} and c.verdict = 'UNDECIDED'
      and (${after === null} or (c.claimed_at, c.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by c.claimed_at, c.id limit ${first + 1}`,
  );

/** That somebody has to be named for a claim; nothing of what it is. */
export interface WaitingClaim {
  readonly id: string;
  readonly roundId: string;
  readonly claimedAt: Date;
}

/** What waits for somebody to be named, longest first; one more than wanted when there are more. */
export async function toAssign(tx: Tx, { after, first }: ClaimListing): Promise<readonly WaitingClaim[]> {
  const rows = await tx.execute<{ id: string; round_id: string; claimed_at: string }>(sql`
    select id, round_id, claimed_at from claims_to_assign()
    where ${after === null} or (claimed_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)
    order by claimed_at, id limit ${first + 1}`);
  return rows.map((row) => ({ id: row.id, roundId: row.round_id, claimedAt: new Date(row.claimed_at) }));
}

/** Whether somebody may be named for a claim that waits: null where there is none that does. */
export async function mayBeNamed(tx: Tx, claimId: string, personId: string): Promise<boolean | null> {
  const [row] = await tx.execute<{ may: boolean }>(
    sql`select may_be_named_for_claim(id, ${personId}) as may from claims_to_assign() where id = ${claimId}`,
  );
  return row?.may ?? null;
}

export const insertAssignment = (
  tx: Tx,
  one: {
    readonly id: string;
    readonly claimId: string;
    readonly assignedTo: string;
    readonly assignedBy: string;
  },
): Promise<unknown> =>
  tx.execute(sql`
    insert into claim_assignment (id, claim_id, assigned_to, assigned_by)
    values (${one.id}, ${one.claimId}, ${one.assignedTo}, ${one.assignedBy})`);

/** The rules of units that take part in a round, as its statutes were pinned. */
export async function rulesOf(
  tx: Tx,
  roundId: string,
  unitIds: readonly string[],
): Promise<readonly StatuteRule[]> {
  const rows = await tx.execute<{ priority: StatuteRule }>(sql`
    select s.priority from round_unit u join statute s on s.id = u.statute_id
    where u.round_id = ${roundId} and u.unit_id in ${ids(unitIds)}`);
  return rows.map(({ priority }) => priority);
}

export interface NewClaim {
  readonly id: string;
  readonly applicationId: string;
  readonly childId: string;
  readonly roundId: string;
  readonly unitId: string | null;
  readonly flag: string;
  readonly claimedBy: string;
}

/** False when the same was claimed a moment before. */
export async function insert(tx: Tx, one: NewClaim): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into claim (id, application_id, child_id, round_id, unit_id, flag, claimed_by)
    values (${one.id}, ${one.applicationId}, ${one.childId}, ${one.roundId}, ${one.unitId}, ${one.flag}, ${one.claimedBy})
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** Whether whoever claimed it is responsible for the child no more. */
export async function isClaimantGone(tx: Tx, claimId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_gone: boolean }>(sql`select claimant_is_gone(${claimId}) as is_gone`);
  return row!.is_gone;
}

/** Takes a claim away, with all that goes with it; false when that may not be any more. */
export async function takeBack(tx: Tx, claimId: string): Promise<boolean> {
  const rows = await tx.execute(sql`delete from claim where id = ${claimId} returning id`);
  return rows.length > 0;
}

/** With which application went a claim that somebody took back; null where they took back none such. */
export async function takenBackFrom(tx: Tx, claimId: string, personId: string): Promise<string | null> {
  const [row] = await tx.execute<{ application_id: string }>(sql`
    select application_id from claim_withdrawal where claim_id = ${claimId} and withdrawn_by = ${personId}`);
  return row?.application_id ?? null;
}

type Decided = Pick<StoredClaim, 'id' | 'childId' | 'roundId'>;

export const insertProof = (
  tx: Tx,
  { id: claimId, childId, roundId }: Decided,
  one: {
    readonly id: string;
    readonly isSensitive: boolean;
    readonly provenAt: Date;
    readonly notedBy: string;
  },
): Promise<unknown> =>
  tx.execute(sql`
    insert into claim_proof (id, claim_id, child_id, round_id, is_sensitive, proven_at, noted_by)
    values (${one.id}, ${claimId}, ${childId}, ${roundId}, ${one.isSensitive}, ${one.provenAt.toISOString()}, ${one.notedBy})`);

export const insertVerdict = (
  tx: Tx,
  { id: claimId, childId, roundId }: Decided,
  one: {
    readonly id: string;
    readonly isSensitive: boolean;
    readonly verdict: Exclude<Verdict, 'undecided'>;
    readonly reason: string | null;
    readonly decidedBy: string;
    readonly idempotencyKey: string;
  },
): Promise<unknown> =>
  tx.execute(sql`
    insert into claim_verdict (id, claim_id, child_id, round_id, is_sensitive, verdict, reason, decided_by, idempotency_key)
    values (${one.id}, ${claimId}, ${childId}, ${roundId}, ${one.isSensitive}, upper(${one.verdict}), ${one.reason}, ${one.decidedBy},
      ${one.idempotencyKey})`);

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_claims(${personId})`);
