import type { Database } from '@ranselpost/kit/database';
import { metrics } from '@ranselpost/kit/metrics';
import { Gauge } from 'prom-client';
import { concealingServices } from '../domain/protection.ts';
import * as raises from '../store/protection-raises.ts';

type Progress = Awaited<ReturnType<typeof raises.progress>>;

/** Figures of protection that was raised, read when somebody asks: every replica answers the same. Numbers, and nobody. */
export function exposeProtectionFigures(db: Database): void {
  const expose = (name: string, help: string, of: (progress: Progress) => number): void => {
    new Gauge({
      ...{ name, help, registers: [metrics] },
      async collect() {
        try {
          this.set(of(await db.asService((tx) => raises.progress(tx, concealingServices))));
        } catch {
          // The database is away, which readiness says: the last value stands.
        }
      },
    });
  };
  expose(
    'protection_unanswered',
    'Raises of protection that a service has not acknowledged',
    ({ count }) => count,
  );
  expose(
    'protection_unanswered_seconds',
    'Age of the oldest raise of protection that a service has not acknowledged; alarm above five minutes',
    ({ since }) => (since === null ? 0 : (Date.now() - since.getTime()) / 1000),
  );
  expose(
    'protection_concealed_seconds',
    'Longest time of the last day from a raise of protection to a service having let go of what it kept; target five minutes',
    ({ slowestSeconds }) => slowestSeconds,
  );
}
