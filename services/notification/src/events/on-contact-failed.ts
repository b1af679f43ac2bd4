import { type Handler, on } from '@ranselpost/kit/consume';
import { contactFailedV1 } from '@ranselpost/schema/events/registry/contact-failed.v1';
import { keepFailure } from '../usecases/keep-people.ts';

export const onContactFailed: Handler = on(contactFailedV1, (tx, failed) => keepFailure(tx, failed));
