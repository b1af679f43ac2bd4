import { isCopyFresh } from '../store/copy.ts';
import * as events from '../store/unit-events.ts';
import type { TimerDeps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';

const dayMs = 86_400_000;

/**
 * Has guardians reminded of a slip or an event that has to be answered within a day, for children nobody has answered for: once,
 * whoever runs it and however often (M37). While rights cannot be checked, or messages are stopped at the unit, it waits. Answers
 * whether there was any.
 */
export const remindOfSlips = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const now = deps.now();
    const due = await events.nextToRemindOf(tx, { from: now, to: new Date(now.getTime() + dayMs) });
    if (due === undefined) return false;
    const noticeId = deps.newId();
    await events.markReminded(tx, due.id, noticeId);
    const { id: subjectId, unitId } = due;
    const guardians = await events.guardiansToRemind(tx, due.id);
    await tellGuardians(tx, { noticeId, category: 'MESSAGE', unitId, subjectId, now }, guardians);
    return true;
  });
