import { type Handler, on } from '@ranselpost/kit/consume';
import { pushSubscriptionChangedV1 } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { keepDevice } from '../usecases/keep-people.ts';

export const onPushSubscriptionChanged: Handler = on(pushSubscriptionChangedV1, (tx, changed) =>
  keepDevice(tx, changed),
);
