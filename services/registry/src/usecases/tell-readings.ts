import { lookupHash } from '@ranselpost/kit/numbers';
import { type Fact, tellAll } from '@ranselpost/kit/outbox';
import { backOffMs } from '../domain/back-off.ts';
import { type Read, decideReading } from '../domain/decide-reading.ts';
import { readingsMade, reconciled } from './metrics.ts';
import * as feed from '../store/feed.ts';
import * as readings from '../store/readings.ts';
import * as reconciliation from '../store/reconciliation.ts';
import type { DueReading, RegisterName, Settlement } from '../store/readings.ts';
import type { Outcome } from './ask-for-each.ts';
import type { Keys, ReadDeps } from './deps.ts';

/** What is told of whoever cannot be read, and after how many tries. */
export interface Failing {
  readonly mostTries: number;
  readonly toFact: (told: { personId: string; revision: number; isOfDocument: boolean }) => Fact;
}

export interface TellOptions<Sealed extends object> {
  readonly register: RegisterName;
  /** Closes a content for those who may read it. */
  readonly seal: (personId: string, content: unknown) => Promise<Sealed>;
  readonly toFact: (told: { personId: string; revision: number } & Sealed) => Fact;
  /** Null: nobody needs to know. */
  readonly failing: Failing | null;
  /** Milliseconds until what could be read is read again; null for not until somebody asks. */
  readonly refreshMs: number | null;
}

/**
 * Tells what readings brought that had not been told, and settles them, in one transaction: either both have happened or
 * the person is still due (S-21).
 */
export async function tellReadings<Sealed extends object>(
  { db, keys }: ReadDeps,
  { register, seal, toFact, failing, refreshMs }: TellOptions<Sealed>,
  due: readonly DueReading[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const contents: { read: Read; sealed: Sealed | null }[] = [];
  for (const [place, reading] of due.entries())
    contents.push(await close({ lookup: keys.lookup, register, seal }, reading, outcomes[place]!));
  const personIds = due.map(({ personId }) => personId);
  const counts = await db.asService(async (tx) => {
    const held = await readings.hold(tx, register, personIds);
    const facts: Fact[] = [];
    const settlements: Settlement[] = [];
    const settled: string[] = [];
    const same: string[] = [];
    const different: string[] = [];
    for (const [place, before] of due.entries()) {
      const { personId } = before;
      const now = held.get(personId);
      const { read, sealed } = contents[place]!;
      const outcome = outcomes[place]!;
      const decision = decideReading(before, now, read, failing?.mostTries ?? null);
      if (decision.kind === 'drop' || now === undefined) continue;
      const { tells, next, attempts } = decision;
      let { revision, toldHash, hasFailed } = now;
      // What was told last, and is not what was read: nobody has said in between that it changed.
      if (now.isComparing && read.kind === 'read' && now.toldHash !== null) {
        const isSame = read.hash === now.toldHash;
        (isSame ? same : different).push(personId);
      }
      // Not sealed: it was what had been told last when reading began, and whoever asked since then is answered next.
      if (tells === 'record' && read.kind === 'read' && sealed !== null) {
        revision = now.nextRevision;
        facts.push(toFact({ personId, revision, ...sealed }));
        ({ hash: toldHash } = read);
        hasFailed = false;
      } else if (tells === 'failure' && read.kind === 'unreadable' && failing !== null) {
        revision = now.nextRevision;
        facts.push(failing.toFact({ personId, revision, isOfDocument: read.isOfDocument }));
        // Whatever is read next is news then, also what had been told before.
        toldHash = null;
        hasFailed = true;
      }
      settlements.push({
        ...{ personId, revision, toldHash, hasFailed, attempts },
        isProtected: outcome.kind === 'read' ? (outcome.isProtected ?? false) : null,
        isSure: next === 'when asked' || (read.kind === 'unreadable' && hasFailed),
        isAskedAgain: next === 'as asked',
        dueInMs: waitMs(decision, refreshMs),
      });
      if (next === 'when asked') settled.push(personId);
    }
    await tellAll(tx, facts);
    await reconciliation.noteDifferences(tx, different);
    await readings.settle(tx, register, settlements);
    if (register === 'freg') await feed.markHandled(tx, settled);
    return {
      ...{ told: facts.length, all: settlements.length },
      ...{ same: same.length, different: different.length },
    };
  });
  const unreadable = outcomes.filter(({ kind }) => kind === 'unreadable').length;
  reconciled.inc({ outcome: 'same' }, counts.same);
  reconciled.inc({ outcome: 'different' }, counts.different);
  readingsMade.inc({ register, outcome: 'told' }, counts.told);
  readingsMade.inc({ register, outcome: 'unreadable' }, unreadable);
  readingsMade.inc({ register, outcome: 'unchanged' }, Math.max(0, counts.all - counts.told - unreadable));
}

const waitMs = (
  { next, attempts }: { readonly next: string; readonly attempts: number },
  refreshMs: number | null,
): number | null => (next === 'at once' ? 0 : next === 'after a while' ? backOffMs(attempts) : refreshMs);

/** Hashes what was read, and seals it where it is not what was told last. */
async function close<Sealed extends object>(
  { lookup, register, seal }: Pick<TellOptions<Sealed>, 'register' | 'seal'> & Pick<Keys, 'lookup'>,
  reading: DueReading,
  outcome: Outcome,
): Promise<{ read: Read; sealed: Sealed | null }> {
  if (outcome.kind === 'unreadable')
    return { read: { kind: 'unreadable', isOfDocument: outcome.isOfDocument }, sealed: null };
  const { personId, toldHash } = reading;
  const hash = lookupHash(lookup, `${register} ${personId} ${JSON.stringify(outcome.content)}`).toString(
    'hex',
  );
  return {
    read: { kind: 'read', hash },
    sealed: hash === toldHash ? null : await seal(personId, outcome.content),
  };
}
