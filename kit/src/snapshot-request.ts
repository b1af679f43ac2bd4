import type { Msg } from '@nats-io/transport-node';
import { z } from 'zod';
import type { Bus } from './bus.ts';

/** Where copies ask identity to tell everything once more. Not kept: a copy asks until it is answered. */
export const snapshotRequestSubject = 'identity.snapshot-request';

/** Far above what is ever reached, and far below what a number can hold: nobody can push places out of either. */
const highestPlace = 2 ** 50;

const wishSchema = z.object({
  /** `followed`: whom identity follows, beside every access fact. `nothing`: the asker only says how far it has heard. */
  wants: z.enum(['nothing', 'access', 'followed']),
  /**
   * The last event of identity that the asker heard while it had all of them, and its place; 0 for one that keeps no count.
   * Identity compares it with what it remembers to have told there.
   */
  heard: z.object({
    place: z.int().nonnegative().max(highestPlace),
    eventId: z.uuid().nullable(),
  }),
});

/** What whoever keeps a copy asks of identity. */
export type SnapshotWish = z.infer<typeof wishSchema>;

/** Asks identity, once and without waiting for an answer: what is told comes as events. */
export const askForSnapshot = (bus: Bus, wish: SnapshotWish): void =>
  bus.connection.publish(snapshotRequestSubject, JSON.stringify(wish));

/** Reads a question. Throws for one that is none; an empty one wants what every copy needs. */
export const readSnapshotWish = (message: Msg): SnapshotWish =>
  message.data.length === 0
    ? { wants: 'access', heard: { place: 0, eventId: null } }
    : wishSchema.parse(message.json());
