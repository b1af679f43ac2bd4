import type { Database } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import * as alarms from '../store/reading-alarms.ts';
import * as accessLog from '../store/access-log.ts';

/** Figures of the access log, read when somebody asks: every replica answers the same. */
export function exposeReadingFigures(db: Database): void {
  exposeFigure(
    'staff_over_reading_budget',
    'Staff who have read of more children within the last hour than budgeted',
    async () => (await db.asService((tx) => alarms.raisedSince(tx, new Date(Date.now() - 3_600_000)))).length,
  );
  exposeFigure(
    'access_log_waiting_seconds',
    'Age of the oldest reading by staff that is not sealed into the log',
    () => db.asService(accessLog.oldestWaiting),
  );
}
