import { type Handler, on } from '@ranselpost/kit/consume';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import { keepContact } from '../usecases/keep-people.ts';

export const onContactRecorded: Handler = on(contactRecordedV2, (tx, recorded) => keepContact(tx, recorded));
