import { fact } from '@ranselpost/kit/outbox';
import {
  contactPreferenceSchema,
  contactRecordSchema,
} from '@ranselpost/schema/events/registry/contact-record';
import { seal } from '@ranselpost/kit/seal';
import { contactFailedV1 } from '@ranselpost/schema/events/registry/contact-failed.v1';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import { notRegistered, toContactRecord } from '../domain/to-contact-record.ts';
import type { DueReading } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { type Outcome, askForEach } from './ask-for-each.ts';
import { tellReadings } from './tell-readings.ts';

/** Reads guardians in the contact and reservation register, at most 1000, and tells what it says of them now (KRR-07). */
export async function readContacts(deps: ReadDeps, due: readonly DueReading[]): Promise<void> {
  const register = 'krr';
  const readAt = new Date().toISOString();
  const outcomes = await askForEach(deps, register, due, async (numbers) =>
    (await deps.krr.lookUp(numbers)).map(toOutcome),
  );
  await tellReadings(
    deps,
    {
      register,
      refreshMs: deps.contactRefreshMs,
      seal: async (personId, content) => {
        const record = contactRecordSchema.parse(content);
        const { seals, contacts } = deps.keys;
        return {
          sealedPreference: await seal(seals, personId, contactPreferenceSchema.parse(record)),
          sealed: await seal(contacts, personId, record),
        };
      },
      toFact: (told) => fact(contactRecordedV2, { ...told, readAt }),
      failing: {
        mostTries: deps.mostTries,
        toFact: ({ personId, revision }) => fact(contactFailedV1, { personId, revision, failedAt: readAt }),
      },
    },
    due,
    outcomes,
  );
}

/** Whoever the register leaves out of its answer is not registered with it, and gets nothing digital. */
function toOutcome(person: unknown): Outcome {
  const record = person === undefined ? notRegistered : toContactRecord(person);
  const parsed = contactRecordSchema.safeParse(record);
  return parsed.success
    ? { kind: 'read', content: parsed.data }
    : { kind: 'unreadable', reason: 'shape', isOfDocument: true };
}
