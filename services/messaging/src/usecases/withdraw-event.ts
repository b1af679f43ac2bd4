import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { mayWithdrawEvent } from '../domain/unit-event-policy.ts';
import type { UnitEvent } from '../domain/unit-event.ts';
import * as audiences from '../store/audience.ts';
import * as events from '../store/unit-events.ts';
import type { Deps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';

/** Calls something off; those whom it was for are told. Called off once more, nobody is told again. */
export function withdrawEvent(deps: Deps, actor: Actor, eventId: string): Promise<UnitEvent> {
  return deps.db.asActor(actor, async (tx) => {
    const now = deps.now();
    const event = await events.byId(tx, eventId);
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(now));
    if (event === null) throw new AppError('NOT_FOUND');
    mayWithdrawEvent(actor, facts, event);
    if (!(await events.withdraw(tx, event.id))) throw new AppError('NOT_FOUND');
    if (!event.isWithdrawn) {
      if (event.reminderId !== null) await tell(tx, noticeDroppedV1, { noticeId: event.reminderId });
      const { guardians } = await audiences.guardians(tx, event.childIds);
      const { unitId } = event;
      const notice = {
        noticeId: deps.newId(),
        category: 'MESSAGE' as const,
        unitId,
        subjectId: event.id,
        now,
      };
      await tellGuardians(tx, notice, guardians);
    }
    return aboutNobody({ ...event, childIds: [], isWithdrawn: true });
  });
}
