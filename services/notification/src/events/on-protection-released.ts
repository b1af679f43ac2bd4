import { type Handler, on } from '@ranselpost/kit/consume';
import { protectionReleasedV1 } from '@ranselpost/schema/events/identity/protection-released.v1';
import { unshieldPerson } from '../usecases/forget-person.ts';

export const onProtectionReleased: Handler = on(protectionReleasedV1, (tx, { personId }) =>
  unshieldPerson(tx, personId),
);
