import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { PaidCare, ReducedMonths, ReductionVerdict, StatedIncome } from '../domain/reduced-payment.ts';

/** An application to pay less, with as much of it as whoever asks may read. */
export interface StoredReduction {
  readonly id: string;
  readonly childId: string;
  readonly care: PaidCare;
  readonly state: 'open' | 'granted' | 'refused';
  readonly appliedOn: LocalDate;
  readonly appliedAt: Date;
  readonly appliedBy: string | null;
  readonly assignedTo: string | null;
  readonly months: ReducedMonths;
  /** Null for whom it is not. */
  readonly income: StatedIncome | null;
  readonly decision: StoredReductionDecision | null;
}

export type StoredReductionDecision = ReductionVerdict & { readonly decidedAt: Date };

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly child_id: string;
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly state: StoredReduction['state'];
  readonly applied_on: LocalDate;
  readonly applied_at: string;
  readonly applied_by: string | null;
  readonly assigned_to: string | null;
  readonly months: ReducedMonths;
  readonly income: StatedIncome | null;
  readonly decision: (ReductionVerdict & { readonly decidedAt: string }) | null;
}

const cares = { KINDERGARTEN: 'kindergarten', SFO: 'afterSchool' } as const;
const stored = { kindergarten: 'KINDERGARTEN', afterSchool: 'SFO' } as const;

const fromRow = (row: Row): StoredReduction => ({
  ...{ id: row.id, childId: row.child_id, care: cares[row.care], state: row.state, months: row.months },
  ...{ appliedOn: row.applied_on, appliedAt: new Date(row.applied_at), appliedBy: row.applied_by },
  ...{ assignedTo: row.assigned_to, income: row.income },
  decision: row.decision === null ? null : { ...row.decision, decidedAt: new Date(row.decision.decidedAt) },
});

const select = async (tx: Tx, where: SQL): Promise<readonly StoredReduction[]> =>
  (
    await tx.execute<Row>(sql`
      select p.id, p.child_id, p.care, lower(p.state) as state, p.applied_on::text, p.applied_at, p.applied_by, p.assigned_to,
        jsonb_build_object('first', p.first_month, 'last', p.last_month) as months, (
          select case when i.is_refused then '{"kind":"refused"}'
            else jsonb_build_object('kind', 'stated', 'yearlyIncome', i.yearly_income) end
          from reduced_payment_income i where i.reduced_payment_id = p.id) as income, (
          select jsonb_build_object('verdict', lower(d.verdict), 'countedIncome', d.counted_income, 'reason', d.reason,
            'decidedAt', d.decided_at)
          from reduced_payment_decision d where d.reduced_payment_id = p.id) as decision
      from reduced_payment p where ${where}`)
  ).map(fromRow);

const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

/** From here on nobody else names or decides, until the transaction ends. */
export const lock = (tx: Tx, id: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reduced payment ${id}`}, 0))`);

export const byId = async (tx: Tx, id: string): Promise<StoredReduction | undefined> =>
  (await select(tx, sql`p.id = ${id}`))[0];

export const byKey = async (tx: Tx, appliedBy: string, key: string): Promise<StoredReduction | undefined> =>
  (await select(tx, sql`p.applied_by = ${appliedBy} and p.idempotency_key = ${key}`))[0];

/** The last that was applied for first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]) =>
  select(tx, sql`p.child_id in ${among(childIds)} order by p.applied_at desc, p.id desc`);

/** Where a page of a list begins, and how long it is. */
export interface ReductionListing {
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly first: number;
}

const beyond = ({ after }: ReductionListing): SQL =>
  sql`(${after === null} or (applied_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))`;

/** What somebody of the staff decides on, longest first; one more than wanted when there are more. */
export const toDecide = (tx: Tx, personId: string, listing: ReductionListing) =>
  select(
    tx,
    sql`p.state = 'OPEN' and (p.assigned_to = ${personId} or p.child_id = any ((select children_of_officers())::uuid[]))
      and ${beyond(listing)} order by p.applied_at, p.id limit ${listing.first + 1}`,
  );

/** That somebody has to be named; nothing of whom it is about. */
export interface WaitingReduction {
  readonly id: string;
  readonly care: PaidCare;
  readonly appliedAt: Date;
}

/** What waits for somebody to be named, longest first; one more than wanted when there are more. */
export async function toAssign(tx: Tx, listing: ReductionListing): Promise<readonly WaitingReduction[]> {
  const rows = await tx.execute<{ id: string; care: Row['care']; applied_at: string }>(sql`
    select id, care, applied_at from reduced_payments_to_assign() where ${beyond(listing)}
    order by applied_at, id limit ${listing.first + 1}`);
  return rows.map(({ id, care, applied_at }) => ({ id, care: cares[care], appliedAt: new Date(applied_at) }));
}

/** Whether the household has one that is not decided, and whether anything is applied for at all today (X07). */
export async function standing(
  tx: Tx,
  childId: string,
  care: PaidCare,
): Promise<{ readonly hasOpen: boolean; readonly isOpen: boolean }> {
  const [row] = await tx.execute<{ hasOpen: boolean; isOpen: boolean }>(sql`
    select has_open_reduced_payment(${childId}, ${stored[care]}) as "hasOpen", cardinality(units_open()) > 0 as "isOpen"`);
  return row!;
}

export interface NewReduction {
  readonly id: string;
  readonly childId: string;
  readonly care: PaidCare;
  readonly appliedOn: LocalDate;
  readonly months: ReducedMonths;
  readonly appliedBy: string;
  readonly income: StatedIncome;
  readonly idempotencyKey: string;
}

/** False where the household applied a moment before. */
export async function insert(tx: Tx, one: NewReduction): Promise<boolean> {
  const { id, childId, months, income } = one;
  const rows = await tx.execute(sql`
    insert into reduced_payment (id, child_id, care, applied_on, first_month, last_month, applied_by, idempotency_key)
    values (${id}, ${childId}, ${stored[one.care]}, ${one.appliedOn}, ${months.first}, ${months.last}, ${one.appliedBy},
      ${one.idempotencyKey})
    on conflict do nothing returning id`);
  if (rows.length === 0) return false;
  await tx.execute(sql`
    insert into reduced_payment_income (reduced_payment_id, child_id, yearly_income, is_refused)
    values (${id}, ${childId}, ${income.kind === 'stated' ? income.yearlyIncome : null}, ${income.kind === 'refused'})`);
  return true;
}

/** Whether somebody may be named for what waits: null where nothing does. */
export async function mayBeNamed(tx: Tx, id: string, personId: string): Promise<boolean | null> {
  const [row] = await tx.execute<{ may: boolean }>(sql`
    select may_be_named_for_reduced_payment(id, ${personId}) as may from reduced_payments_to_assign() where id = ${id}`);
  return row?.may ?? null;
}

export const insertAssignment = (
  tx: Tx,
  one: { readonly id: string; readonly of: string; readonly assignedTo: string; readonly assignedBy: string },
): Promise<unknown> =>
  tx.execute(sql`
    insert into reduced_payment_assignment (id, reduced_payment_id, assigned_to, assigned_by)
    values (${one.id}, ${one.of}, ${one.assignedTo}, ${one.assignedBy})`);

/** What whoever asks has decided under a key of theirs. */
export async function decidedUnder(tx: Tx, key: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select reduced_payment_decided_under(${key}) as id`,
  );
  return row?.id ?? null;
}

export const insertDecision = (
  tx: Tx,
  { id, childId }: Pick<StoredReduction, 'id' | 'childId'>,
  one: ReductionVerdict & { readonly decidedBy: string; readonly idempotencyKey: string },
): Promise<unknown> =>
  tx.execute(sql`
    insert into reduced_payment_decision (reduced_payment_id, child_id, verdict, counted_income, reason, decided_by, idempotency_key)
    values (${id}, ${childId}, upper(${one.verdict}), ${one.countedIncome}, ${one.reason}, ${one.decidedBy}, ${one.idempotencyKey})`);

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_reduced_payments(${personId})`);
