import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import {
  type CalendarRefusal,
  type CalendarTerms,
  type UnitCalendar,
  decideCalendar,
  schoolDays,
} from '../domain/calendar.ts';
import { maySetCalendar } from '../domain/policy.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';

/** What a leader says of a unit's days from now on. The same said again is the same. */
export const setUnitCalendar = (
  deps: Deps,
  actor: Actor,
  { unitId, ...wanted }: CalendarTerms & { readonly unitId: string },
): Promise<Result<UnitCalendar, CalendarRefusal | FeatureClosed>> =>
  deps.db.asActor(
    actor,
    async (tx): Promise<Answer<Result<UnitCalendar, CalendarRefusal | FeatureClosed>>> => {
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      maySetCalendar(actor, facts, unitId);
      const isOpen = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
      if (!isOpen.ok) return aboutNobody(isOpen);
      const decision = decideCalendar(wanted);
      if (!decision.ok) return aboutNobody(decision);
      await calendars.keep(tx, { ...decision.value, unitId, setBy: actor.personId });
      const kept = (await calendars.ofUnits(tx, [unitId])).get(unitId);
      if (kept === undefined) throw new AppError('INTERNAL', 'a unit with a leader is not known');
      return aboutNobody(accept(kept));
    },
  );

/** The calendars of units, for whoever is signed in: when a school is closed is no secret. */
export const readUnitCalendars = (
  deps: Deps,
  actor: Actor,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, UnitCalendar>> =>
  deps.db.asActor(actor, async (tx) => aboutNobody(await calendars.ofUnits(tx, unitIds)));

/** The days of a period on which children are expected. */
export const openDays = schoolDays;
