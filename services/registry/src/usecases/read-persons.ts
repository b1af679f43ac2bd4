import { fact } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { type PersonRecord, personRecordSchema } from '@ranselpost/schema/events/registry/person-record';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { readingFailedV1 } from '@ranselpost/schema/events/registry/reading-failed.v1';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import type { LookUpWish, PopulationRegister } from '../clients/freg/index.ts';
import { type Answer, isAbout, matchAnswers } from '../domain/match-answers.ts';
import { toPersonRecord } from '../domain/to-person-record.ts';
import type { DueReading } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { type Outcome, askForEach } from './ask-for-each.ts';
import { type Failing, tellReadings } from './tell-readings.ts';

/** Reads persons in Folkeregisteret, at most 1000, and tells what it says of them now. */
export async function readPersons(deps: ReadDeps, due: readonly DueReading[]): Promise<void> {
  const register = 'freg';
  const readAt = new Date().toISOString();
  const answers = await lookUpAll(deps, due);
  const outcomes = answers.map((outcome, place) => (due[place]!.wasSplit ? withSplit(outcome) : outcome));
  const toFact = (told: { personId: string; revision: number; sealed: string }) =>
    fact(personRecordedV1, { ...told, readAt });
  const close = async (personId: string, content: unknown) => ({
    sealed: await seal(deps.keys.seals, personId, content),
  });
  const failing: Failing = {
    mostTries: deps.mostTries,
    toFact: ({ personId, revision, isOfDocument }) =>
      fact(readingFailedV1, {
        ...{ personId, revision, failedAt: readAt },
        reason: isOfDocument ? 'DOCUMENT_UNREADABLE' : 'NO_ANSWER',
      }),
  };
  await tellReadings(deps, { register, seal: close, toFact, failing, refreshMs: null }, due, outcomes);
}

/** Where they live is asked about those alone for whom a place is to be applied for. */
async function lookUpAll(deps: ReadDeps, due: readonly DueReading[]): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  for (const withResidence of [false, true]) {
    const some = due.filter((reading) => reading.withResidence === withResidence);
    if (some.length === 0) continue;
    const read = await askForEach(deps, 'freg', some, (numbers) => lookUp(deps, numbers, { withResidence }));
    for (const [place, { personId }] of some.entries()) outcomes.set(personId, read[place]!);
  }
  return due.map(({ personId }) => outcomes.get(personId)!);
}

/** Documents are translated as soon as they have come: of a thousand of them only the records are kept in memory. */
async function lookUp(
  { freg, municipality }: ReadDeps,
  numbers: readonly string[],
  wish: LookUpWish,
): Promise<Outcome[]> {
  const answers = matchAnswers(await freg.lookUp(numbers, wish), numbers);
  if (answers === null)
    throw new RegisterFault('refused', { register: 'freg', operation: 'bulk-look-up', code: 'shape' });
  const outcomes: Outcome[] = [];
  for (const [place, number] of numbers.entries()) {
    const answer = answers[place]!;
    const known = answer.kind === 'not found here' ? await lookUpOne(freg, number, wish) : answer;
    outcomes.push(toOutcome(known, wish.withResidence ? municipality : null));
  }
  return outcomes;
}

/**
 * The bulk look-up says of an ended number what it says of an unknown one. Asked about alone, an ended one still leads to
 * whoever has it behind them, with the number they have now (FREG-08).
 */
async function lookUpOne(freg: PopulationRegister, number: string, wish: LookUpWish): Promise<Answer> {
  const document = await freg.lookUpOne(number, wish);
  if (document === undefined) return { kind: 'not found here' };
  return isAbout(document, number) ? { kind: 'person', document } : { kind: 'unanswered' };
}

const withSplit = (outcome: Outcome): Outcome =>
  outcome.kind === 'read' && outcome.content !== null
    ? { ...outcome, content: { ...outcome.content, wasSplit: true } }
    : outcome;

function toOutcome(answer: Answer, municipality: string | null): Outcome {
  if (answer.kind === 'unanswered') return { kind: 'unreadable', reason: 'unanswered', isOfDocument: false };
  if (answer.kind === 'not found here') return { kind: 'read', content: null };
  const reading = toPersonRecord(answer.document, municipality);
  if (reading.kind === 'unreadable') return unreadable(reading.element.toLowerCase());
  // Whoever opens it parses it by the contract, and must not be the first to find that it does not hold.
  const parsed = personRecordSchema.safeParse(reading.record);
  return parsed.success
    ? { kind: 'read', content: parsed.data, isProtected: isProtected(parsed.data) }
    : unreadable('contract');
}

const isProtected = ({ protection }: PersonRecord): boolean =>
  protection === 'FORTROLIG' || protection === 'STRENGT_FORTROLIG';

const unreadable = (reason: string): Outcome => ({ kind: 'unreadable', reason, isOfDocument: true });
