import { z } from 'zod';

/** The data of every `<service>.erasure.acknowledged.v1`. */
export const erasureAcknowledgedShape = { personId: z.uuid() };
