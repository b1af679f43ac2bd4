import { type Handler, on } from '@ranselpost/kit/consume';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { endAccess } from '../usecases/forget-person.ts';

export const onAccessRevoked: Handler = on(accessRevokedV1, (tx, revoked) => endAccess(tx, revoked));
