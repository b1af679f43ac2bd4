import { metrics } from '@ranselpost/kit/metrics';
import { Counter } from 'prom-client';
import type { Deps } from './deps.ts';

export type AtTablet = 'paired' | 'unpaired' | 'pin-set' | 'pin-closed' | 'closed';

const happenings = new Counter({
  name: 'tablet_security_events_total',
  help: 'Shared tablets paired, unpaired and closed, PINs set and closed',
  labelNames: ['what'],
  registers: [metrics],
});

/**
 * For the security log, which is kept for twelve months (RET-10), and for an alarm by how often it happens. Whose PIN it is stands in no
 * log (ADR-16).
 */
export function noteAtTablet(
  { log }: Pick<Deps, 'log'>,
  what: AtTablet,
  about: { readonly tabletId?: string } = {},
): void {
  happenings.inc({ what });
  const isAlarming = what === 'pin-closed' || what === 'closed';
  log[isAlarming ? 'warn' : 'info']('something has happened to shared tablets', {
    code: what,
    ...about,
  });
}
