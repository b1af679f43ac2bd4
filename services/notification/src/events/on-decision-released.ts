import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionReleasedV1 } from '@ranselpost/schema/events/identity/decision-released.v1';
import { keepDecision } from '../usecases/follow-decisions.ts';

export const onDecisionReleased: Handler = on(decisionReleasedV1, (tx, released, { source }) =>
  keepDecision(tx, { ...released, source, childId: null }),
);
