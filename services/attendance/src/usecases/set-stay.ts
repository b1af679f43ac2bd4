import { about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Result } from '@ranselpost/kit/pure/result';
import { maySetStay } from '../domain/register-policy.ts';
import { type Stay, type StayRefusal, decideStay } from '../domain/stay.ts';
import * as calendars from '../store/calendars.ts';
import * as stays from '../store/stays.ts';
import type { Deps } from './deps.ts';
import { tellDayChanged } from './tell-day-changed.ts';

/** Sets when a child comes and leaves and how it gets home. The same once more changes nothing (S-22). */
export const setStay = (deps: Deps, actor: Actor, stay: Stay) =>
  deps.db.asActor<Result<Stay, StayRefusal>>(actor, async (tx) => {
    const { childId, unitId } = stay;
    const [now, today] = [deps.now(), localDateAt(deps.now())];
    const facts = await loadAccessFacts(tx, actor, [childId], today);
    maySetStay(actor, facts, unitId, childId);
    const decision = decideStay(stay, {
      ...{ now, today, isStaff: actor.kind === 'staff', places: facts.enrolments },
      calendar: (await calendars.ofUnits(tx, [unitId])).get(unitId),
      features: await loadFeature(tx, 'ABSENCE', facts, [unitId]),
    });
    if (decision.ok) {
      await stays.set(tx, stay, actor.personId);
      await tellDayChanged(tx, { unitId, day: stay.day ?? today }, [childId], today);
    }
    return about(readsOf('ABSENCE', actor, facts, [{ childId, unitId }]), decision);
  });
