import { fact } from '@ranselpost/kit/outbox';
import { contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import { contactRecordedV1 } from '@ranselpost/schema/events/registry/contact-recorded.v1';
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
  const toFact = (told: { personId: string; revision: number; sealed: string }) =>
    fact(contactRecordedV1, { ...told, readAt });
  await tellReadings(
    deps,
    { register, toFact, failing: null, refreshMs: deps.contactRefreshMs },
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
