import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A browser takes pushes no more: its push service says that it is gone (404, 410), or what was registered is no subscription.
 * Nothing is sent to it from now on, and identity takes it off its owner's list.
 */
export const pushSubscriptionGoneV1 = defineEvent(
  'notification.push-subscription.gone.v1',
  'subscriptionId',
  { subscriptionId: z.uuid() },
);
