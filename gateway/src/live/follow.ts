import type { Bus } from '@ranselpost/kit/bus';
import { consume, on } from '@ranselpost/kit/consume';
import type { Database } from '@ranselpost/kit/database';
import type { Life } from '@ranselpost/kit/service';
import { type EventContract, envelopeSchema } from '@ranselpost/schema/events/event';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { noticeDueV1 as attendanceNoticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { rolesEndedV1 } from '@ranselpost/schema/events/identity/roles-ended.v1';
import { tabletUnpairedV1 } from '@ranselpost/schema/events/identity/tablet-unpaired.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { z } from 'zod';
import { forgetBrowsersOf } from '../store/known-browsers.ts';
import { endAllOfPerson, endAtTablet, endOfPerson } from '../store/sessions.ts';
import type { Tablets } from '../tablets.ts';
import type { LiveStreams } from './streams.ts';

export interface FollowOptions {
  readonly db: Database;
  readonly bus: Bus;
  readonly life: Life;
  readonly streams: LiveStreams;
  readonly tablets: Pick<Tablets, 'forget'>;
}

/** The clocks of two databases: a session this much younger than a revocation may still be older. */
const clockDifferenceMs = 60_000;
const soonAfter = (time: string): Date => new Date(Date.parse(time) + clockDifferenceMs);

/**
 * Ends what is open when identity says that a ground has ended (GUA-10, S-04). Streams lie in this process, so every
 * replica hears for itself; sessions lie in the database, so one replica ends them, once.
 */
export function followAccess({ db, bus, life, streams, tablets }: FollowOptions): void {
  life.onStop('bus', () => bus.close());
  const consumer = consume({
    db,
    bus,
    log: life.log,
    stream: 'identity',
    consumer: 'gateway-sessions',
    handlers: [
      on(accessRevokedV1, async (tx, { personId, hasOtherGrounds }, { time }) => {
        if (!hasOtherGrounds) await endOfPerson(tx, 'guardian', personId, soonAfter(time));
      }),
      on(rolesEndedV1, async (tx, { personId }, { time }) => {
        await endOfPerson(tx, 'staff', personId, soonAfter(time));
        await endOfPerson(tx, 'tablet', personId, soonAfter(time));
      }),
      on(tabletUnpairedV1, (tx, { tabletId }) => endAtTablet(tx, tabletId)),
      // The id is nobody's any more: whoever signs in with the same number gets another (RET-09).
      on(personErasedV1, async (tx, { personId }) => {
        await endAllOfPerson(tx, personId);
        await forgetBrowsersOf(tx, personId);
      }),
    ],
  });
  life.onStop('sessions consumer', consumer.stop);

  let isDeaf = false;
  life.ready('live events', () => {
    if (isDeaf) throw new Error('the bus does not let us hear what is said');
  });
  hear(accessRevokedV1, ({ personId }) => streams.endOfPerson(personId));
  // At once, however much the consumer still has to catch up with: without a session that is known to be good, a tablet is asked about.
  hear(tabletUnpairedV1, ({ tabletId }) => {
    tablets.forget(tabletId);
    streams.endAtTablet(tabletId);
  });
  hear(guardiansChangedV1, ({ childId, guardians }) => {
    for (const { personId } of guardians) streams.hint(personId, 'guardian', { kind: 'child', id: childId });
  });
  hear(attendanceNoticeDueV1, ({ recipients, subjectId }) => {
    for (const { personId, capacity } of recipients)
      streams.hint(personId, capacity, { kind: 'child', id: subjectId });
  });
  hear(noticeDueV1, ({ category, recipients, subjectId }) => {
    const kind = category === 'MESSAGE' ? 'thread' : category === 'NEWS' ? 'news' : null;
    if (kind === null) return;
    for (const { personId, capacity } of recipients)
      streams.hint(personId, capacity, { kind, id: subjectId });
  });
  hear(dayChangedV1, ({ unitId, watchers }) => {
    for (const personId of watchers) streams.hintBoard(personId, unitId);
  });
  // What was said while the bus was away, or not met yet, was said to nobody here.
  streams.endAll();
  bus.onReconnect(() => streams.endAll());

  function hear<Data extends z.ZodType>(
    contract: EventContract<Data>,
    heard: (data: z.infer<Data>) => void,
  ): void {
    const subscription = bus.connection.subscribe(contract.type, {
      callback: (error, message) => {
        if (error !== null) {
          isDeaf = true;
          life.log.error('cannot hear what is said', { eventType: contract.type, error });
          return;
        }
        try {
          heard(contract.data.parse(envelopeSchema.parse(message.json()).data));
        } catch (cause) {
          // Something was said and could not be read, about somebody's access perhaps: nobody stays connected on a guess.
          life.log.warn('an event could not be read', { eventType: contract.type, error: cause });
          streams.endAll();
        }
      },
    });
    life.onStop('live events', () => subscription.unsubscribe());
  }
}
