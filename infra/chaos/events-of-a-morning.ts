import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../dev/stack.ts';
import { onSql } from './kills.ts';
import type { Pupil, Receipt } from './morning.ts';

/**
 * Every report is on the bus once and for good, and what a mark has led to has happened once: each guardian has one notice of each alert
 * that was told, and none of any other (S-21).
 */
export async function lookAtEvents(
  stack: Stack,
  receipts: readonly Receipt[],
  pupils: readonly Pupil[],
  today: LocalDate,
  withinMs: number,
): Promise<readonly string[]> {
  let wrong: readonly string[] = [];
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(100)) {
    const [onTheBus, ofAlerts] = [await heardOf(stack, receipts), await noticesOf(stack, pupils, today)];
    wrong = [...onTheBus, ...ofAlerts];
    if (wrong.length === 0) return [];
  }
  return wrong;
}

async function heardOf(stack: Stack, receipts: readonly Receipt[]): Promise<readonly string[]> {
  const bus = new URL(stack.where.natsUrl('attendance'));
  const connection = await connect({ servers: bus.host, user: bus.username, pass: bus.password });
  try {
    const consumer = await jetstream(connection).consumers.get('attendance');
    const heard = new Map<string, number>();
    let { num_pending: left } = await consumer.info();
    if (left > 0)
      for await (const message of await consumer.consume()) {
        const { type, subject } = message.json<{ type: string; subject: string }>();
        if (type === 'attendance.absence.reported.v1') heard.set(subject, (heard.get(subject) ?? 0) + 1);
        left -= 1;
        if (left === 0) break;
      }
    // Whoever asks whether all has been taken in does not wait for this.
    await consumer.delete();
    return [...new Set(receipts.map(({ absenceId }) => absenceId))]
      .filter((id) => heard.get(id) !== 1)
      .map((id) => `S-21: the report of ${id} is on the bus ${heard.get(id) ?? 0} times`);
  } finally {
    await connection.close();
  }
}

async function noticesOf(
  stack: Stack,
  pupils: readonly Pupil[],
  today: LocalDate,
): Promise<readonly string[]> {
  const childIds = pupils.map(({ childId }) => childId);
  const alerts = await onSql(
    stack,
    'attendance',
    (sql) => sql<{ child_id: string; notice_id: string; state: string }[]>`
      select child_id, notice_id, state from unreported_alert where day = ${today} and child_id = any (${childIds}::uuid[])`,
  );
  const rows = await onSql(
    stack,
    'notification',
    (sql) => sql<{ notice_id: string; told: number }[]>`
      select notice_id, count(*)::int as told from notice
      where subject_id = any (${childIds}::uuid[]) and source = 'attendance' group by notice_id`,
  );
  const told = new Map(rows.map((row) => [row.notice_id, row.told]));
  const known = new Set(alerts.map((alert) => alert.notice_id));
  return [
    ...(alerts.length === pupils.length
      ? []
      : [`S-21: ${alerts.length} of ${pupils.length} marks of absence made an alert`]),
    // Of a day that has ended meanwhile a person calls.
    ...alerts
      .filter(({ state }) => state !== 'TOLD' && state !== 'PHONE')
      .map(({ child_id: child, state }) => `S-21: the alert of ${child} is ${state}`),
    ...alerts
      .filter(({ state, notice_id: id }) => (told.get(id) ?? 0) !== (state === 'TOLD' ? 2 : 0))
      .map(
        ({ child_id: child, notice_id: id }) => `S-21: home was told of ${child} ${told.get(id) ?? 0} times`,
      ),
    ...rows
      .filter(({ notice_id: id }) => !known.has(id))
      .map(({ notice_id: id }) => `S-21: there is a notice of no alert: ${id}`),
  ];
}
