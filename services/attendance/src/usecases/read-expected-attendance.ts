import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { daysFrom } from '../domain/calendar.ts';
import { type ExpectedDay, expectedOn } from '../domain/expected.ts';
import { areShownAt, mayListUnit, maySeeCause } from '../domain/policy.ts';
import { maySeeMarks } from '../domain/register-policy.ts';
import * as calendars from '../store/calendars.ts';
import * as expected from '../store/expected.ts';
import * as surveys from '../store/holiday-surveys.ts';
import type { Deps } from './deps.ts';

/**
 * How many children a unit can expect on days, of those whom whoever asks has in their charge: nobody else is in a number (ADR-19). By
 * the same number of statements for any number of children and days. That somebody is on leave is a cause: for whoever may not read it
 * the child is away (ABS-04).
 */
export const readExpectedAttendance = (deps: Deps, actor: Actor, wanted: expected.ExpectedWanted) =>
  deps.db.asActor<readonly ExpectedDay[] | 'hidden' | null>(actor, async (tx) => {
    const { unitId, from, to } = wanted;
    const childIds = (await surveys.childrenAt(tx, [unitId])).map(({ childId }) => childId);
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId);
    if (calendar === undefined || !mayListUnit(actor, facts, unitId)) return aboutNobody(null);
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, [unitId]), [unitId]))
      return aboutNobody('hidden');
    const known = await expected.known(tx, wanted);
    const byChild = <Row extends { readonly childId: string }>(rows: readonly Row[]) =>
      Map.groupBy(rows, ({ childId }) => childId);
    const [saidOf, staysOf, answersOf] = [byChild(known.said), byChild(known.stays), byChild(known.answers)];
    const children = facts.enrolments
      .filter((seat) => seat.unitId === unitId && maySeeMarks(actor, facts, unitId, seat.childId))
      .map(({ childId, groupIds, ...period }) => {
        const isRead = maySeeCause(actor, facts, { childId, unitId });
        const said = (saidOf.get(childId) ?? []).map((one) => ({ ...one, isLeave: one.isLeave && isRead }));
        return {
          ...{ childId, groupIds, from: period.from, to: period.to, said },
          ...{ stays: staysOf.get(childId) ?? [], answers: answersOf.get(childId) ?? [] },
        };
      });
    return aboutNobody(daysFrom(from, to).map((day) => expectedOn(calendar, day, children)));
  });
