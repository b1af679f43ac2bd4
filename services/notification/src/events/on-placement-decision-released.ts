import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionReleasedV1 as placementDecisionReleasedV1 } from '@ranselpost/schema/events/placement/decision-released.v1';
import { keepDecision } from '../usecases/follow-decisions.ts';

export const onPlacementDecisionReleased: Handler = on(
  placementDecisionReleasedV1,
  (tx, released, { source }) => keepDecision(tx, { ...released, source }),
);
