import type { Database, Tx } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { sealFor } from '@ranselpost/kit/seal';
import { decisionReleasedV1 } from '@ranselpost/schema/events/placement/decision-released.v1';
import { decisionWrittenV1 } from '@ranselpost/schema/events/placement/decision-written.v1';
import { mayAppeal } from '../domain/appeal.ts';
import { letterOf } from '../domain/decided.ts';
import * as appeals from '../store/appeals.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as letters from '../store/decision-letters.ts';
import * as families from '../store/families.ts';
import type { TimerDeps } from './deps.ts';

const batch = 100;

/**
 * Writes the letters of what was decided, some at a time, and tells of them: each guardian who is responsible for the child has one to open, and
 * whoever sends has its text for the post (BHG-15, KRR-09). Of a protected child nothing is told: that goes by hand (S-08, ADR-11). Answers whether
 * there were any. While it cannot be known who is responsible, none is written.
 */
export const writeDueLetters = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const due = await letters.takeUnwritten(tx, batch);
    if (due.length === 0) return false;
    const now = deps.now();
    const homes = await families.homesOf(
      tx,
      due.map(({ childId }) => childId),
      localDateAt(now),
    );
    const appealable = await appealableAmong(tx, due);
    const written = due.map((letter) => {
      const { id, childId, onlyFor, content, unitName, decidedAt } = letter;
      const facts = { unitName, decidedAt, mayAppeal: appealable.has(id) };
      const { personIds, isKeptApart } = homes.get(childId)!;
      const told = personIds.filter((personId) => onlyFor === null || personId === onlyFor);
      return {
        ...{ id, childId, isKeptApart, body: letterOf(content, facts, deps.letterRules) },
        readers: told.map((personId) => ({ decisionId: deps.newId(), personId })),
      };
    });
    await letters.write(tx, written, now);
    const facts = await Promise.all(
      written.filter(({ isKeptApart }) => !isKeptApart).map((letter) => factsOf(deps, letter, now)),
    );
    await tellAll(tx, facts.flat());
    return true;
  });

async function factsOf(
  { outboundKey, letterRules }: TimerDeps,
  { childId, body, readers }: letters.WrittenLetter,
  now: Date,
): Promise<readonly Fact[]> {
  const content = { language: letterRules.writtenForm, text: body };
  const facts = await Promise.all(
    readers.map(async ({ decisionId, personId }) => [
      fact(decisionReleasedV1, { decisionId, personId, childId, releasedAt: now.toISOString() }),
      fact(decisionWrittenV1, {
        ...{ decisionId, personId, sealed: await sealFor(outboundKey, decisionId, content) },
      }),
    ]),
  );
  return facts.flat();
}

/** Of an offer that was made by hand whoever claimed priority by law may appeal, as it is outside the main round (BHG-16). */
async function appealableAmong(
  tx: Tx,
  due: readonly letters.UnwrittenLetter[],
): Promise<ReadonlySet<string>> {
  const applicationIds = due.flatMap(({ applicationId }) => applicationId ?? []);
  const decisions = await appeals.decisionsOf(tx, applicationIds);
  return new Set(
    due.flatMap(({ id, applicationId, content }) => {
      if (content.kind !== 'ADMISSION' && content.kind !== 'OFFER') return [];
      const decision = decisions.get(applicationId ?? '');
      if (decision === undefined) return [];
      const isByHand = content.kind === 'OFFER' && content.care === 'KINDERGARTEN';
      return mayAppeal(isByHand ? { ...decision, roundKind: 'continuous' } : decision) ? [id] : [];
    }),
  );
}

export function exposeLetterFigures(db: Database): void {
  exposeFigure(
    'placement_letters_waiting_seconds',
    'Time since the oldest decision of which no letter is written; above an hour is an alarm (BHG-15)',
    () => db.asService(letters.unwrittenSeconds),
  );
  exposeFigure(
    'placement_letters_by_hand',
    'Letters about protected children that nobody has opened: a protection officer sees to them (S-08)',
    () => db.asService(letters.byHandCount),
  );
}
