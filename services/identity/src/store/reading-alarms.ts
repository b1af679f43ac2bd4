import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { ReadingOfAnHour } from '../domain/reading-budget.ts';
import { json } from './json.ts';

/** Of how many children each member of staff has read since an instant. */
export async function readingsSince(tx: Tx, since: Date): Promise<readonly ReadingOfAnHour[]> {
  return tx.execute<ReadingOfAnHour & Record<string, unknown>>(sql`
    select reader_id as "readerId", count(distinct child_id)::int as children from access_log
    where block >= (select min(number) from access_log_block where sealed_at >= ${since.toISOString()}::timestamptz)
      and read_at >= ${since.toISOString()}::timestamptz
    group by reader_id`);
}

/** Of whom an alarm has been raised since an instant. */
export async function raisedSince(tx: Tx, since: Date): Promise<readonly string[]> {
  const rows = await tx.execute<{ reader_id: string }>(
    sql`select distinct reader_id from reading_alarm where raised_at > ${since.toISOString()}::timestamptz`,
  );
  return rows.map(({ reader_id }) => reader_id);
}

export interface ReadingAlarm extends ReadingOfAnHour {
  readonly alarmId: string;
  readonly budget: number;
  readonly raisedAt: string;
}

/** A page of alarms, newest first: one more than wanted where there are more. */
export interface AlarmsWanted {
  readonly first: number;
  readonly after: { readonly raisedAt: string; readonly alarmId: string } | null;
}

export async function page(tx: Tx, { first, after }: AlarmsWanted): Promise<readonly ReadingAlarm[]> {
  const rows = await tx.execute<ReadingAlarm & Record<string, unknown>>(sql`
    select alarm_id as "alarmId", reader_id as "readerId", children, budget, raised_at as "raisedAt" from reading_alarm
    where ${after === null} or (raised_at, alarm_id) < (${after?.raisedAt ?? null}::timestamptz, ${after?.alarmId ?? null}::uuid)
    order by raised_at desc, alarm_id desc limit ${first + 1}`);
  return rows.map((row) => ({ ...row, raisedAt: new Date(row.raisedAt).toISOString() }));
}

/** Keeps alarms as long as the log that they are about. */
export async function raise(tx: Tx, alarms: readonly ReadingAlarm[]): Promise<void> {
  await tx.execute(sql`
    insert into reading_alarm (alarm_id, reader_id, children, budget, raised_at)
    select (a->>'alarmId')::uuid, (a->>'readerId')::uuid, (a->>'children')::integer, (a->>'budget')::integer, (a->>'raisedAt')::timestamptz
    from jsonb_array_elements(${json(alarms)}) as a`);
  await tx.execute(sql`delete from reading_alarm where raised_at < now() - interval '12 months'`);
}
