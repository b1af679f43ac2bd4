import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { AwayReply, OutOfOffice } from '../domain/out-of-office.ts';

type Row = {
  id: string;
  unit_id: string;
  person_id: string;
  from_day: string;
  to_day: string;
  reply: AwayReply;
  stand_in: string | null;
};

const select = async (tx: Tx, rest: SQL): Promise<OutOfOffice[]> =>
  (
    await tx.execute<Row>(sql`
      select id, unit_id, person_id, from_day::text, to_day::text, reply, stand_in from out_of_office where ${rest}`)
  ).map((row) => ({
    ...{ id: row.id, unitId: row.unit_id, personId: row.person_id, from: row.from_day, to: row.to_day },
    ...{ reply: row.reply, standInId: row.stand_in },
  }));

/** Who is away from a unit, or will be. */
export const ofUnit = (tx: Tx, unitId: string, today: LocalDate): Promise<OutOfOffice[]> =>
  select(tx, sql`unit_id = ${unitId} and to_day > ${today} order by from_day, id limit 200`);

export const byId = async (tx: Tx, id: string): Promise<OutOfOffice | undefined> =>
  (await select(tx, sql`id = ${id}`))[0];

export const ofPerson = (
  tx: Tx,
  { personId, unitId }: Pick<OutOfOffice, 'personId' | 'unitId'>,
): Promise<OutOfOffice[]> => select(tx, sql`person_id = ${personId} and unit_id = ${unitId}`);

/** Who works at a unit on any of some days, for whoever works there. */
export async function staffDuring(
  tx: Tx,
  { unitId, from, to }: Pick<OutOfOffice, 'unitId' | 'from' | 'to'>,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(
    sql`select person_id from staff_during(${unitId}, ${from}, ${to})`,
  );
  return rows.map(({ person_id }) => person_id);
}

/** False where the same person was said to be away at the same time. */
export async function insert(tx: Tx, one: OutOfOffice): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into out_of_office (id, unit_id, person_id, from_day, to_day, reply, stand_in)
    values (${one.id}, ${one.unitId}, ${one.personId}, ${one.from}, ${one.to}, ${one.reply}, ${one.standInId})
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** False when it is not theirs to end. */
export async function remove(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.execute(sql`delete from out_of_office where id = ${id}`);
  return count > 0;
}

/** As the service: who was away is nobody's to know when they are back. */
export const forgetPast = async (tx: Tx, today: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from out_of_office where to_day <= ${today}`));

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_out_of_office(${personId})`);
}
