import type { Bus } from '@ranselpost/kit/bus';
import { consume, on } from '@ranselpost/kit/consume';
import type { Database } from '@ranselpost/kit/database';
import type { Life } from '@ranselpost/kit/service';
import { type EventContract, envelopeSchema } from '@ranselpost/schema/events/event';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import type { z } from 'zod';
import type { Sessions } from '../sessions.ts';
import { endOfPerson } from '../store/sessions.ts';
import type { LiveStreams } from './streams.ts';

export interface FollowOptions {
  readonly db: Database;
  readonly bus: Bus;
  readonly life: Life;
  readonly sessions: Sessions;
  readonly streams: LiveStreams;
}

const keepAliveMs = 15_000;
const checkMs = 10_000;
/** The clocks of two databases: a session this much younger than a revocation may still be older. */
const clockDifferenceMs = 60_000;

/**
 * Ends what is open when identity says that a ground has ended (GUA-10, S-04). Streams lie in this process, so every
 * replica hears for itself; sessions lie in the database, so one replica ends them, once.
 */
export function followAccess({ db, bus, life, sessions, streams }: FollowOptions): void {
  const consumer = consume({
    db,
    bus,
    log: life.log,
    stream: 'identity',
    consumer: 'gateway-sessions',
    handlers: [
      on(accessRevokedV1, async (tx, { personId, hasOtherGrounds }, { time }) => {
        if (hasOtherGrounds) return;
        const before = new Date(Date.parse(time) + clockDifferenceMs);
        await endOfPerson(tx, 'guardian', personId, before);
      }),
    ],
  });
  life.onStop('sessions consumer', consumer.stop);

  let isDeaf = false;
  life.ready('live events', () => {
    if (isDeaf) throw new Error('the bus does not let us hear what identity says');
  });
  hear(accessRevokedV1, ({ personId }) => streams.endOfPerson(personId));
  hear(guardiansChangedV1, ({ childId, guardians }) => {
    for (const { personId } of guardians) streams.hint(personId, 'guardian', { kind: 'child', id: childId });
  });
  // What was said while the bus was away was said to nobody here.
  bus.onReconnect(() => streams.endAll());

  const check = async (): Promise<void> => {
    const asked = streams.sessionIds();
    if (asked.length > 0) streams.endWithout(asked, await sessions.living(asked));
  };
  // When that cannot be known, nobody stays connected on a guess.
  const checkOrEnd = (): void => void check().catch(() => streams.endAll());
  sessions.onEnded(checkOrEnd);

  const timers = [setInterval(() => streams.keepAlive(), keepAliveMs), setInterval(checkOrEnd, checkMs)];
  life.onStop('live streams', () => {
    for (const timer of timers) clearInterval(timer);
    streams.endAll();
  });

  function hear<Data extends z.ZodType>(
    contract: EventContract<Data>,
    heard: (data: z.infer<Data>) => void,
  ): void {
    const subscription = bus.connection.subscribe(contract.type, {
      callback: (error, message) => {
        if (error !== null) {
          isDeaf = true;
          life.log.error('cannot hear what identity says', { eventType: contract.type, error });
          return;
        }
        try {
          heard(contract.data.parse(envelopeSchema.parse(message.json()).data));
        } catch (cause) {
          // Something was said about somebody's access and could not be read: nobody stays connected on a guess.
          life.log.warn('an event could not be read', { eventType: contract.type, error: cause });
          streams.endAll();
        }
      },
    });
    life.onStop('live events', () => subscription.unsubscribe());
  }
}
