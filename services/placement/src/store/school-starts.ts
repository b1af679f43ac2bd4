import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { EndlessPlace } from '../domain/school-start.ts';

export type AgeingPlace = EndlessPlace & { readonly placeId: string; readonly childId: string };

const isDeferred = sql`coalesce((select n.is_deferred from school_start_note n where n.child_id = f.child_id
  order by n.noted_at desc, n.id desc limit 1), false)`;

/** As the service: places without an end of children who are at least so old, by what is known of them. */
export async function endless(tx: Tx, bornBefore: LocalDate): Promise<readonly AgeingPlace[]> {
  const rows = await tx.execute<{ place: AgeingPlace }>(sql`
    select jsonb_build_object('placeId', p.id, 'childId', p.child_id, 'care', p.care, 'from', p.from_day, 'born', f.born_on,
      'isDeferred', ${isDeferred}) as place
    from place p join child_facts f using (child_id)
    where p.to_day is null and f.born_on < ${bornBefore} order by p.id`);
  return rows.map(({ place }) => place);
}

/** As the service: when a child was born, and whether its school start is put off; null where nothing is known of it. */
export async function ofChild(
  tx: Tx,
  childId: string,
): Promise<{ readonly born: LocalDate; readonly isDeferred: boolean } | null> {
  const [row] = await tx.execute<{ born: LocalDate; is_deferred: boolean }>(sql`
    select f.born_on::text as born, ${isDeferred} as is_deferred from child_facts f where f.child_id = ${childId}`);
  return row === undefined ? null : { born: row.born, isDeferred: row.is_deferred };
}

export interface SchoolStartNote {
  readonly id: string;
  readonly childId: string;
  readonly isDeferred: boolean;
  readonly reason: string;
  readonly notedBy: string;
  readonly notedAt: Date;
}

export const note = (tx: Tx, one: SchoolStartNote): Promise<unknown> =>
  tx.execute(sql`
    insert into school_start_note (id, child_id, is_deferred, reason, noted_by, noted_at)
    values (${one.id}, ${one.childId}, ${one.isDeferred}, ${one.reason}, ${one.notedBy}, ${one.notedAt.toISOString()}::timestamptz)`);

/** As the service: that places end by age. */
export const insertEnding = (
  tx: Tx,
  { placeId, childId }: Pick<AgeingPlace, 'placeId' | 'childId'>,
  endsOn: LocalDate,
  at: Date,
): Promise<unknown> =>
  tx.execute(sql`
    insert into school_ending (place_id, child_id, ends_on, ended_at)
    values (${placeId}, ${childId}, ${endsOn}, ${at.toISOString()}::timestamptz)`);

/**
 * As the service: places of a child that end by its age after a day, and whose seats are nobody else's yet, have no end any more. Answers them
 * with their seats, which nobody holds.
 */
export async function goOn(
  tx: Tx,
  childId: string,
  today: LocalDate,
): Promise<readonly { readonly placeId: string; readonly poolId: string; readonly seatNumber: number }[]> {
  const rows = await tx.execute<{ placeId: string; poolId: string; seatNumber: number }>(sql`
    update place p set to_day = null, released_at = null from school_ending e
    where e.place_id = p.id and p.child_id = ${childId} and p.to_day = e.ends_on and p.to_day > ${today}
      and not exists (select from seat_hold h where h.pool_id = p.pool_id and h.seat_number = p.seat_number)
      and not exists (select from place o where o.pool_id = p.pool_id and o.seat_number = p.seat_number and o.from_day >= p.to_day)
      and not exists (select from place o where o.child_id = p.child_id and o.care = p.care and o.from_day >= p.to_day)
    returning p.id as "placeId", p.pool_id as "poolId", p.seat_number as "seatNumber"`);
  for (const { placeId } of rows)
    await tx.execute(sql`delete from school_ending where place_id = ${placeId}`);
  return rows;
}

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_school_starts(${personId})`);
