import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A round of admission stands elsewhere than before: it takes applications, takes none any more, its result is published, appeals are
 * taken, it is over. Whoever wants to know more asks the graph; nothing is told of a round that is only planned.
 */
export const roundMovedV1 = defineEvent('placement.round.moved.v1', 'roundId', {
  roundId: z.uuid(),
  kind: z.enum(['TRANSFER', 'MAIN', 'SUPPLEMENTARY', 'CONTINUOUS', 'SFO']),
  state: z.enum(['OPEN', 'CLOSED', 'ALLOCATED', 'PUBLISHED', 'APPEAL', 'FINISHED']),
});
