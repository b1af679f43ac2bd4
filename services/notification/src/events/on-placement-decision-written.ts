import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionWrittenV1 as placementDecisionWrittenV1 } from '@ranselpost/schema/events/placement/decision-written.v1';
import { keepDecisionText } from '../usecases/send-letters.ts';

export const onPlacementDecisionWritten: Handler = on(placementDecisionWrittenV1, keepDecisionText);
