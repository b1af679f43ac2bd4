import { fact } from '@ranselpost/kit/outbox';
import { contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import { contactRecordedV1 } from '@ranselpost/schema/events/registry/contact-recorded.v1';
import { notRegistered, toContactRecord } from '../domain/to-contact-record.ts';
import type { DueReading } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { type Asked, askForEach } from './ask-for-each.ts';
import { type Outcome, tellReadings } from './tell-readings.ts';

/** Reads guardians in the contact and reservation register, at most 1000, and tells what it says of them now (KRR-07). */
export async function readContacts(deps: ReadDeps, due: readonly DueReading[]): Promise<void> {
  const { keys, krr, log, contactRefreshMs } = deps;
  const readAt = new Date().toISOString();
  const answers = await askForEach(keys, due, (some) => krr.lookUp(some));
  const outcomes = due.map(({ personId, attempts }) => {
    const outcome = toOutcome(answers.get(personId));
    if (outcome.kind === 'unreadable')
      log.error('what the contact register says of a person cannot be read', {
        personId,
        attempt: attempts + 1,
      });
    return outcome;
  });
  await tellReadings(
    deps,
    {
      register: 'krr',
      toFact: (told) => fact(contactRecordedV1, { ...told, readAt }),
      refreshMs: contactRefreshMs,
    },
    due,
    outcomes,
  );
}

/** Whoever the register leaves out of its answer is not registered with it, and gets nothing digital. */
function toOutcome(answer: Asked<unknown> | undefined): Outcome {
  if (answer?.kind !== 'answered') return { kind: 'unreadable' };
  const record = answer.value === undefined ? notRegistered : toContactRecord(answer.value);
  const parsed = contactRecordSchema.safeParse(record);
  return parsed.success ? { kind: 'read', content: parsed.data } : { kind: 'unreadable' };
}
