import { fact } from '@ranselpost/kit/outbox';
import { personRecordSchema } from '@ranselpost/schema/events/registry/person-record';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { RegisterFault } from '../clients/fault.ts';
import { type Answer, isAbout, matchAnswers } from '../domain/match-answers.ts';
import { toPersonRecord } from '../domain/to-person-record.ts';
import type { DueReading } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { type Asked, askForEach } from './ask-for-each.ts';
import { type Outcome, tellReadings } from './tell-readings.ts';

/** Reads persons in Folkeregisteret, at most 1000, and tells what it says of them now. */
export async function readPersons(deps: ReadDeps, due: readonly DueReading[]): Promise<void> {
  const { keys, log } = deps;
  const readAt = new Date().toISOString();
  const answers = await askForEach(keys, due, (some) => lookUp(deps, some));
  const outcomes = due.map(({ personId, attempts }): Outcome => {
    const { outcome, reason } = toOutcome(answers.get(personId));
    if (outcome.kind === 'unreadable')
      log.error('what the register says of a person cannot be read', {
        personId,
        reason,
        attempt: attempts + 1,
      });
    return outcome;
  });
  await tellReadings(
    deps,
    {
      register: 'freg',
      toFact: (told) => fact(personRecordedV1, { ...told, readAt }),
      refreshMs: null,
    },
    due,
    outcomes,
  );
}

/**
 * The bulk look-up says of an ended number what it says of an unknown one. Asked about alone, an ended one still leads to
 * whoever has it behind them, with the number they have now (FREG-08).
 */
async function lookUp({ freg }: ReadDeps, numbers: readonly string[]): Promise<Answer[]> {
  const answers = matchAnswers(await freg.lookUp(numbers), numbers);
  if (answers === null)
    throw new RegisterFault('refused', { register: 'freg', operation: 'bulk look-up', code: 'shape' });
  for (const [place, number] of numbers.entries()) {
    if (answers[place]?.kind !== 'not found here') continue;
    const document = await freg.lookUpOne(number);
    if (document !== undefined)
      answers[place] = isAbout(document, number) ? { kind: 'person', document } : { kind: 'unanswered' };
  }
  return answers;
}

function toOutcome(asked: Asked<Answer> | undefined): { outcome: Outcome; reason?: string } {
  const unreadable = { kind: 'unreadable' } as const;
  if (asked?.kind !== 'answered') return { outcome: unreadable, reason: asked?.reason ?? 'unanswered' };
  const answer = asked.value;
  if (answer.kind === 'unanswered') return { outcome: unreadable, reason: 'unanswered' };
  if (answer.kind === 'not found here') return { outcome: { kind: 'read', content: null } };
  const reading = toPersonRecord(answer.document);
  if (reading.kind === 'unreadable') return { outcome: unreadable, reason: reading.element };
  // Whoever opens it parses it by the contract, and must not be the first to find that it does not hold.
  const parsed = personRecordSchema.safeParse(reading.record);
  return parsed.success
    ? { outcome: { kind: 'read', content: parsed.data } }
    : { outcome: unreadable, reason: 'contract' };
}
