import { type Answer, about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { isOpen, schoolYearOf } from '../domain/calendar.ts';
import { countAbsence } from '../domain/counting.ts';
import { maySeeLeave } from '../domain/leave-policy.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import { areShownAt } from '../domain/policy.ts';
import * as absentDays from '../store/absent-days.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';
import { loadLeaveFacts } from './leave-facts.ts';

export interface AbsenceSummary {
  readonly schoolYear: number;
  readonly days: number;
  readonly leaveDays: number;
}

/** How much a child has been away from school until today; for those who see its leave. Days on which a school is closed are none. */
export const readAbsenceSummary = (
  deps: Deps,
  actor: Actor,
  { childId, schoolYear: wanted }: { readonly childId: string; readonly schoolYear: number | null },
): Promise<AbsenceSummary | 'hidden' | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<AbsenceSummary | 'hidden' | null>> => {
    const facts = await loadLeaveFacts(tx, actor, [childId], localDateAt(deps.now()));
    const unitIds = facts.enrolments
      .filter((place) => place.childId === childId && maySeeLeave(actor, facts, place))
      .map(({ unitId }) => unitId);
    if (unitIds.length === 0) return aboutNobody(null);
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, unitIds), unitIds)) return aboutNobody('hidden');
    const schoolYear = wanted ?? schoolYearOf(facts.today);
    const { from, to } = daysOfSchoolYear(schoolYear);
    const until = addDays(facts.today, 1);
    const all = await absentDays.fromSchools(tx, childId, { from, to: until < to ? until : to });
    const known = await calendars.ofUnits(tx, [...new Set(all.map(({ unitId }) => unitId))]);
    const away = all.filter(
      ({ unitId, day }) => unitIds.includes(unitId) && known.has(unitId) && isOpen(known.get(unitId)!, day),
    );
    const { days } = countAbsence(away.map(({ day }) => ({ day, hours: null })));
    const { days: leaveDays } = countAbsence(
      away.filter(({ isLeave }) => isLeave).map(({ day }) => ({ day, hours: null })),
    );
    return about(readsOf('ABSENCE', actor, facts, [{ childId }]), { schoolYear, days, leaveDays });
  });
