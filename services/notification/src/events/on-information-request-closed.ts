import { type Handler, on } from '@ranselpost/kit/consume';
import { informationRequestClosedV1 } from '@ranselpost/schema/events/identity/information-request-closed.v1';
import { keepEntry } from '../usecases/bring-to-archive.ts';

export const onInformationRequestClosed: Handler = on(informationRequestClosedV1, keepEntry);
