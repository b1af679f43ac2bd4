import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionOpenedV1 } from '@ranselpost/schema/events/identity/decision-opened.v1';
import { closeDecision } from '../usecases/follow-decisions.ts';

export const onDecisionOpened: Handler = on(decisionOpenedV1, (tx, opened) => closeDecision(tx, opened));
