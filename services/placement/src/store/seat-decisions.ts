import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { SeatDecision } from '../domain/seat-decision.ts';

type Json = Omit<SeatDecision, 'decidedAt'> & { readonly decidedAt: string };

const json = sql`jsonb_build_object('id', d.id, 'roundId', d.round_id, 'unitId', d.unit_id, 'group', lower(d.age_group), 'seats', d.seats,
  'occupied', d.occupied, 'reserved', d.reserved, 'area', d.area, 'adults', d.adults, 'reason', d.reason, 'decidedBy', d.decided_by,
  'decidedAt', d.decided_at)`;
const select = async (tx: Tx, from: SQL): Promise<readonly SeatDecision[]> =>
  (await tx.execute<{ decision: Json }>(sql`select ${json} as decision from ${from}`)).map(
    ({ decision }) => ({
      ...decision,
      decidedAt: new Date(decision.decidedAt),
    }),
  );

/** What counts in some rounds: the last decision for each unit that takes part and each group. */
export const inForce = (tx: Tx, roundIds: readonly string[]) =>
  select(
    tx,
    sql`(select distinct on (s.round_id, s.unit_id, s.age_group) s.* from seat_decision s
      join round_unit u on u.round_id = s.round_id and u.unit_id = s.unit_id
      where s.round_id in (select jsonb_array_elements_text(${JSON.stringify(roundIds)}::jsonb)::uuid)
      order by s.round_id, s.unit_id, s.age_group, s.nth desc) as d
      order by d.round_id, d.unit_id, d.age_group desc`,
  );

/** What somebody decided under a key of theirs. */
export const byKey = async (tx: Tx, decidedBy: string, key: string): Promise<SeatDecision | undefined> =>
  (
    await select(tx, sql`seat_decision d where d.decided_by = ${decidedBy} and d.idempotency_key = ${key}`)
  )[0];

/** Adds a decision, unless there is one under the same key. Whoever is barred was overtaken: the round is allocated by now. */
export const insert = async (
  tx: Tx,
  one: SeatDecision & { readonly idempotencyKey: string },
): Promise<void> =>
  void (await tx.execute(sql`
    insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, reason, decided_by, decided_at,
      idempotency_key)
    values (${one.id}, ${one.roundId}, ${one.unitId}, ${one.group.toUpperCase()}, ${one.seats}, ${one.occupied},
      ${JSON.stringify(one.reserved)}::jsonb, ${one.area}, ${one.adults}, ${one.reason}, ${one.decidedBy},
      ${one.decidedAt.toISOString()}::timestamptz, ${one.idempotencyKey})
    on conflict (decided_by, idempotency_key) do nothing`));
