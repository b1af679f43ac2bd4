import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, addMonths, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isRegisterKept } from '../domain/calendar.ts';
import { areShownAt } from '../domain/policy.ts';
import { mayArrange } from '../domain/register-policy.ts';
import { countDays } from '../domain/school-day.ts';
import { type AbsenceStatistics, statisticsOf } from '../domain/statistics.ts';
import * as absentDays from '../store/absent-days.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';

/**
 * A school's absence in a month that is over, in numbers and of no person (T30). By months, which do not overlap and do not grow: of two
 * periods that nearly are the same, the difference would tell what neither does.
 */
export const readAbsenceStatistics = (
  deps: Deps,
  actor: Actor,
  { unitId, month }: { readonly unitId: string; readonly month: LocalDate | null },
) =>
  deps.db.asActor(actor, async (tx): Promise<Answer<AbsenceStatistics | 'hidden'>> => {
    const today = localDateAt(deps.now());
    const facts = await loadAccessFacts(tx, actor, [], today);
    mayArrange(actor, facts, unitId);
    const from = `${(month ?? addMonths(today, -1)).slice(0, 7)}-01`;
    const to = addMonths(from, 1);
    if (to > today) throw new AppError('BAD_USER_INPUT', 'the month is not over');
    if (!isRegisterKept(from, today, deps.registerKeptYears))
      throw new AppError('BAD_USER_INPUT', 'the month is not kept any more');
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, [unitId]), [unitId]))
      return aboutNobody('hidden');
    const units = await calendars.ofUnits(tx, [unitId]);
    const pupils = await absentDays.forStatistics(tx, unitId, { from, to });
    return aboutNobody(
      statisticsOf(
        pupils.map(({ childId, classIds, days }) => ({
          ...{ childId, classId: classIds.length === 1 ? classIds[0]! : null },
          days: countDays(units, days),
        })),
      ),
    );
  });
