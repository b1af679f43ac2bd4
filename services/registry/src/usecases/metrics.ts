import type { Database } from '@ranselpost/kit/database';
import { exposeFigure, metrics } from '@ranselpost/kit/metrics';
import { Counter } from 'prom-client';
import * as feed from '../store/feed.ts';
import * as readings from '../store/readings.ts';
import * as units from '../store/units.ts';

const registers = [metrics];

export const feedEvents = new Counter({
  name: 'registry_feed_events_total',
  help: 'Events of the feed: relevant, not ours, unknown type, unreadable, repeated, undocumented; and numbers that were jumped over',
  labelNames: ['outcome'],
  registers,
});

export const readingsMade = new Counter({
  name: 'registry_readings_total',
  help: 'Readings of persons and units: told, unchanged, unreadable',
  labelNames: ['register', 'outcome'],
  registers,
});

export const reconciled = new Counter({
  name: 'registry_reconciled_total',
  help: 'Persons compared at night: same, different; and lost, when the feed never said that they had changed',
  labelNames: ['outcome'],
  registers,
});

/** Figures that are read from the database when somebody asks: every replica answers the same. */
export function exposeFigures(db: Database): void {
  const place = () => db.asService(feed.place);
  exposeFigure('registry_due_persons', 'Persons who are to be read in Folkeregisteret now', () =>
    db.asService(readings.countDue),
  );
  exposeFigure(
    'registry_feed_position',
    'Number of the last event taken in',
    async () => (await place()).sequence,
  );
  exposeFigure(
    'registry_feed_lag_seconds',
    'Seconds since the feed was last read to its end',
    async () => (await place()).lagSeconds,
  );
  exposeFigure(
    'registry_unsure_seconds',
    'Seconds since all that the register had said was heard, read and told',
    async () => (await place()).unsureSeconds,
  );
  exposeFigure(
    'registry_units_lag_seconds',
    'Seconds since the schools and kindergartens were looked through',
    () => db.asService(units.lagSeconds),
  );
  exposeFigure('registry_failed_persons', 'Persons whose record in Folkeregisteret cannot be read', () =>
    db.asService(readings.countFailed),
  );
}
