import { type Handler, on } from '@ranselpost/kit/consume';
import { informationRequestComplainedV1 } from '@ranselpost/schema/events/identity/information-request-complained.v1';
import { keepEntry } from '../usecases/bring-to-archive.ts';

export const onInformationRequestComplained: Handler = on(informationRequestComplainedV1, keepEntry);
