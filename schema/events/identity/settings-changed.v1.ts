import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** What people are told of. */
export const noticeKinds = ['DECISION', 'CHILD_MISSING', 'MESSAGE', 'NEWS'] as const;
/** By what a notice can come. */
export const noticeChannels = ['PUSH', 'EMAIL', 'SMS'] as const;

/** A time of day by clocks in Norway. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * What somebody has chosen for themself in one of their capacities, whole. It is told to whoever sends to them, and to
 * nobody they share a child with (ADR-11). Of whom nothing is told, nothing is chosen.
 */
export const settingsChangedV1 = defineEvent('identity.settings.changed.v1', 'personId', {
  personId: z.uuid(),
  /** The capacity that it is chosen in: one human may want another thing as a guardian and as staff (GUA-24). */
  capacity: z.enum(['guardian', 'staff']),
  /** Grows with each change of these settings; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  /** Null: none is chosen, and the contact register's word counts (KRR-10). */
  language: z.enum(['nb', 'nn', 'en', 'se']).nullable(),
  /** By what the kinds that were chosen for may come. A kind that is left out may come by everything. */
  notices: z.array(z.object({ kind: z.enum(noticeKinds), channels: z.array(z.enum(noticeChannels)) })),
  /** Whether a notice may name the child. Never where anybody it concerns is protected, whatever stands here (MSG-14). */
  namesChild: z.boolean(),
  /** Between which times what can wait is held; the same twice for never. Null or left out: the municipality's (MSG-15). */
  quietHours: z.object({ from: timeOfDay, to: timeOfDay }).nullable().optional(),
  /** When messages and news are told of together, once a day. Null or left out: each by itself (N13). */
  digestAt: timeOfDay.nullable().optional(),
});
