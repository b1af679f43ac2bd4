import { type Handler, on } from '@ranselpost/kit/consume';
import { erasePerson } from '@ranselpost/kit/erasure';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/registry/erasure-acknowledged.v1';
import { forgetPerson } from '../usecases/forget-person.ts';

export const onPersonErased: Handler = on(personErasedV1, (tx, { personId }) =>
  erasePerson(tx, personId, { acknowledged: erasureAcknowledgedV1, erase: forgetPerson }),
);
