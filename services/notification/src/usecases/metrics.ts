import type { Database } from '@ranselpost/kit/database';
import { exposeFigure, metrics } from '@ranselpost/kit/metrics';
import { Counter } from 'prom-client';
import * as notices from '../store/notices.ts';

export const counted = new Counter({
  name: 'notification_total',
  help: 'Notices handed over, by channel and what became of it; and what was not sent, by why',
  labelNames: ['channel', 'outcome'],
  registers: [metrics],
});

/** Figures that are read from the database when somebody asks: every replica answers the same. */
export function exposeFigures(db: Database): void {
  exposeFigure(
    'notification_lag_seconds',
    'Time since the oldest notice became due that nobody has taken',
    () => db.asService(notices.lagSeconds),
  );
  exposeFigure(
    'notification_difference',
    'Notices of the last days that were to be told and are neither told, dropped nor held; anything above 0 is an alarm (S-25)',
    () => db.asService(notices.difference),
  );
}
