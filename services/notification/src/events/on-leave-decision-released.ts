import { type Handler, on } from '@ranselpost/kit/consume';
import { leaveDecisionReleasedV1 } from '@ranselpost/schema/events/attendance/leave-decision-released.v1';
import { keepDecision } from '../usecases/follow-decisions.ts';

export const onLeaveDecisionReleased: Handler = on(leaveDecisionReleasedV1, (tx, released, { source }) =>
  keepDecision(tx, { ...released, source }),
);
