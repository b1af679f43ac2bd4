import { type Answer, about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { isToldOf } from '../domain/counting-policy.ts';
import { decidesAt } from '../domain/leave-policy.ts';
import { areShownAt } from '../domain/policy.ts';
import { loadFeature } from '@ranselpost/kit/features';
import * as thresholds from '../store/thresholds.ts';
import { loadCountFacts } from './count-facts.ts';
import type { Deps } from './deps.ts';

export interface ThresholdAlertsWanted {
  readonly unitId: string;
  readonly after: { readonly day: LocalDate; readonly id: string } | null;
  readonly first: number;
}

/** Alerts at a school that nobody has taken on, for its leader and the contact teachers whom they are for; null for everybody else. */
export const readThresholdAlerts = (deps: Deps, actor: Actor, wanted: ThresholdAlertsWanted) =>
  deps.db.asActor(
    actor,
    async (tx): Promise<Answer<readonly thresholds.ThresholdAlert[] | 'hidden' | null>> => {
      const { unitId } = wanted;
      const found = await thresholds.openAt(tx, unitId, wanted);
      const facts = await loadCountFacts(tx, deps, actor, [...new Set(found.map(({ childId }) => childId))]);
      if (!decidesAt(actor, facts, unitId)) return aboutNobody(null);
      const standings = await loadFeature(tx, 'ABSENCE', facts, [unitId]);
      if (!areShownAt(standings, [unitId])) return aboutNobody('hidden');
      const shown = found.filter((alert) => isToldOf(actor, facts, alert));
      return about(readsOf('ABSENCE', actor, facts, shown), shown);
    },
  );

/** Notes that somebody of the staff has taken an alert on. Of two at once, the first has. */
export const noteThresholdAlert = (deps: Deps, actor: Actor, alertId: string) =>
  deps.db.asActor<Result<thresholds.ThresholdAlert, FeatureClosed>>(actor, async (tx) => {
    const alert = await thresholds.alertById(tx, alertId);
    if (alert === undefined) throw new AppError('NOT_FOUND');
    const facts = await loadCountFacts(tx, deps, actor, [alert.childId]);
    if (actor.kind !== 'staff' || !isToldOf(actor, facts, alert)) throw new AppError('NOT_FOUND');
    const reads = readsOf('ABSENCE', actor, facts, [alert]);
    const feature = requireFeature(facts.standings, alert.unitId);
    if (!feature.ok) return about(reads, feature);
    await thresholds.noteSeen(tx, alert.id, actor.personId, deps.now());
    return about(reads, accept((await thresholds.alertById(tx, alert.id))!));
  });
