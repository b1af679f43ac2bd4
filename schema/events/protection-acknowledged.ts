import { z } from 'zod';

/** The data of every `<service>.protection.acknowledged.v1`. */
export const protectionAcknowledgedShape = { raiseId: z.uuid(), personId: z.uuid() };
