import { type Handler, on } from '@ranselpost/kit/consume';
import { pushSubscriptionGoneV1 } from '@ranselpost/schema/events/notification/push-subscription-gone.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { forgetGoneDevice } from '../usecases/register-push-device.ts';

export const onPushSubscriptionGone = (deps: Surroundings): Handler =>
  on(pushSubscriptionGoneV1, (tx, { subscriptionId }) =>
    forgetGoneDevice({ ...deps, db: tx }, subscriptionId),
  );
