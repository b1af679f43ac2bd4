import type { Database } from '@ranselpost/kit/database';
import { metrics } from '@ranselpost/kit/metrics';
import { Gauge } from 'prom-client';
import { erasingServices } from '../domain/retention.ts';
import * as erasures from '../store/erasures.ts';
import * as retention from '../store/retention.ts';

/** Figures of retention, read when somebody asks: every replica answers the same. */
export function exposeRetentionFigures(db: Database): void {
  const registers = [metrics];
  const people = new Gauge({
    name: 'retention_persons',
    help: 'Persons by what the last look at everybody found: upcoming, held, erased, failed; and scanned, how many it has looked at',
    labelNames: ['state'],
    registers,
    async collect() {
      try {
        const { scanned, secondsSince, UPCOMING, HELD, ERASED, FAILED } = await db.asService(
          retention.progress,
        );
        looked.set(secondsSince);
        for (const [state, count] of Object.entries({ scanned, UPCOMING, HELD, ERASED, FAILED }))
          people.set({ state: state.toLowerCase() }, count);
      } catch {
        // The database is away, which readiness says: the last value stands.
      }
    },
  });
  const looked = new Gauge({
    name: 'retention_look_age_seconds',
    help: 'Time since everybody was last looked at to the end; a roster that stays half taken in keeps that from beginning',
    registers,
  });
  const waiting = new Gauge({
    name: 'erasures_unanswered',
    help: 'Erasures that a service has not acknowledged',
    registers,
    async collect() {
      try {
        const { count, since } = await db.asService((tx) => erasures.unansweredFor(tx, erasingServices));
        waiting.set(count);
        age.set(since === null ? 0 : (Date.now() - since.getTime()) / 1000);
      } catch {
        // As above.
      }
    },
  });
  const age = new Gauge({
    name: 'erasure_unanswered_seconds',
    help: 'Age of the oldest erasure that a service has not acknowledged; alarm above a day',
    registers,
  });
}
