import { type Handler, on } from '@ranselpost/kit/consume';
import { leaveDecisionWrittenV1 } from '@ranselpost/schema/events/attendance/leave-decision-written.v1';
import { keepDecisionText } from '../usecases/send-letters.ts';

export const onLeaveDecisionWritten: Handler = on(leaveDecisionWrittenV1, keepDecisionText);
