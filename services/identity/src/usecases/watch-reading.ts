import { decideAlarms } from '../domain/reading-budget.ts';
import * as alarms from '../store/reading-alarms.ts';
import * as workItems from '../store/work-items.ts';
import type { Deps } from './deps.ts';

const hourMs = 3_600_000;

/** Looks for staff who read of unusually many children, and asks somebody to look at it (V07). */
export async function watchReading(
  { db, log, newId, now }: Pick<Deps, 'db' | 'log' | 'newId' | 'now'>,
  budget: number,
): Promise<void> {
  const since = new Date(now().getTime() - hourMs);
  await db.asService(async (tx) => {
    const readings = await alarms.readingsSince(tx, since);
    const found = decideAlarms(readings, await alarms.raisedSince(tx, since), budget);
    if (found.length === 0) return;
    const raisedAt = now().toISOString();
    await alarms.raise(
      tx,
      found.map((reading) => ({ ...reading, alarmId: newId(), budget, raisedAt })),
    );
    await workItems.open(tx, [{ childId: null, kind: 'READING_BUDGET', id: newId() }]);
    log.warn('staff have read of more children than budgeted', { count: found.length });
  });
}
