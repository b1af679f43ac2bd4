import { type Handler, on } from '@ranselpost/kit/consume';
import { leaveDecisionOpenedV1 } from '@ranselpost/schema/events/attendance/leave-decision-opened.v1';
import { closeDecision } from '../usecases/follow-decisions.ts';

export const onLeaveDecisionOpened: Handler = on(leaveDecisionOpenedV1, (tx, opened) =>
  closeDecision(tx, opened),
);
