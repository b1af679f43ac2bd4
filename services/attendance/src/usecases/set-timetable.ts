import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type Lesson, type Timetable, type TimetableRefusal, decideTimetable } from '../domain/lesson.ts';
import { mayArrange } from '../domain/register-policy.ts';
import * as lessons from '../store/lessons.ts';
import type { Deps } from './deps.ts';

/** Gives a group its week from a day on. Answers the lessons that it has from then. */
export const setTimetable = (deps: Deps, actor: Actor, timetable: Timetable) =>
  deps.db.asActor<Result<readonly Lesson[], TimetableRefusal>>(actor, async (tx) => {
    const { unitId, groupId, from: day } = timetable;
    const today = localDateAt(deps.now());
    const facts = await loadAccessFacts(tx, actor, [], today);
    mayArrange(actor, facts, unitId);
    await lessons.lockGroup(tx, groupId);
    const decision = decideTimetable(timetable, {
      today,
      features: await loadFeature(tx, 'ABSENCE', facts, [unitId]),
      lessons: await lessons.from(tx, { unitId, groupId, day }),
    });
    if (!decision.ok) return aboutNobody(decision);
    const { ending, beginning } = decision.value;
    await lessons.change(tx, timetable, {
      ending,
      beginning: beginning.map((lesson) => ({ ...lesson, id: deps.newId() })),
    });
    return aboutNobody(accept(await lessons.from(tx, { unitId, groupId, day })));
  });
