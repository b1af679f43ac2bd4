import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** What `sealed` holds in `identity.push-subscription.changed.v1`: a browser's subscription (W3C Push API). */
export const pushDeviceSchema = z.object({
  /** Where pushes to this browser go, at the push service of whoever made it. */
  endpoint: z.url().max(2_000),
  keys: z.object({
    /** A point on P-256, uncompressed, in base64url. */
    p256dh: z.string().regex(/^[\w-]{87}$/),
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
});

export type PushDevice = z.infer<typeof pushDeviceSchema>;

/**
 * Somebody wants pushes on a device, or does no longer. Told for whoever sends, who alone can open where it is; identity keeps
 * that a device is there and cannot push to it (decision 0029).
 */
export const pushSubscriptionChangedV1 = defineEvent(
  'identity.push-subscription.changed.v1',
  'subscriptionId',
  {
    subscriptionId: z.uuid(),
    personId: z.uuid(),
    capacity: z.enum(['guardian', 'staff']),
    /** A `PushDevice`; null: it is pushed to no more. */
    sealed: sealedSchema.nullable(),
  },
);
