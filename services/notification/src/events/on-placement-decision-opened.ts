import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionOpenedV1 as placementDecisionOpenedV1 } from '@ranselpost/schema/events/placement/decision-opened.v1';
import { closeDecision } from '../usecases/follow-decisions.ts';

export const onPlacementDecisionOpened: Handler = on(placementDecisionOpenedV1, (tx, opened) =>
  closeDecision(tx, opened),
);
