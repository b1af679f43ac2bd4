import { type Handler, on } from '@ranselpost/kit/consume';
import { decisionWrittenV1 } from '@ranselpost/schema/events/identity/decision-written.v1';
import { keepDecisionText } from '../usecases/send-letters.ts';

export const onDecisionWritten: Handler = on(decisionWrittenV1, keepDecisionText);
