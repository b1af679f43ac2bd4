import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { schoolStart } from '../domain/child-place.ts';
import { mayOfferTo, offerSightOf } from '../domain/offer-policy.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as places from '../store/places.ts';
import * as pools from '../store/pools.ts';
import * as schoolStarts from '../store/school-starts.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { restate } from './end-offer.ts';
import { type CommandRefusal, firstAnswer, keepAnswer } from './offer-command.ts';
import { readOf } from './read-offers.ts';
import { tellFamily } from './tell-families.ts';

export interface SchoolStartToNote {
  readonly childId: string;
  readonly isDeferred: boolean;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** The day on which the child begins school from now on; null where nobody knows when it was born. */
export type SchoolStartAnswer = Result<{ readonly startsOn: LocalDate | null }, CommandRefusal>;

/**
 * Notes that a child begins school a year later, or does not after all (BHG-14, P22). Its place goes on where the seat is nobody else's yet; else
 * it is offered another one. What is to end then ends by the clock.
 */
export async function noteSchoolStart(
  deps: Deps,
  actor: Actor,
  wanted: SchoolStartToNote,
): Promise<SchoolStartAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { refusal, isNew, reads }) => {
        if (refusal !== null) return about<SchoolStartAnswer>(reads, refuse(refusal));
        const { childId } = wanted;
        if (isNew && wanted.isDeferred && (await goOn(tx, childId, now)))
          await tellFamily(tx, deps, { childId, subjectId: childId });
        const known = await schoolStarts.ofChild(tx, childId);
        const startsOn =
          known === null ? null : schoolStart(known.born, { ...known, yearBegins: deps.yearBegins });
        return about<SchoolStartAnswer>(reads, accept({ startsOn }));
      },
    ),
  );
}

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: SchoolStartToNote, now: Date) {
  const { childId, isDeferred } = wanted;
  await lockChild(tx, childId);
  const facts = await loadApplicationFacts(tx, actor, [childId], now);
  mayOfferTo(actor, facts, childId);
  // Of whom admission knows nothing there is nothing to note.
  if ((await places.ofChildren(tx, [childId])).length === 0) throw new AppError('NOT_FOUND');
  const reads = readOf(childId, offerSightOf(actor, facts, childId)!);
  const { personId: notedBy } = actor;
  const reason = wanted.reason.trim();
  if (reason === '')
    return { refusal: { kind: 'E_NO_REASON', earliest: null } as const, isNew: false, reads };
  const asked = { ...wanted, personId: notedBy, command: ['school start', childId, isDeferred] };
  if ((await firstAnswer(tx, asked)) !== undefined) return { refusal: null, isNew: false, reads };
  await keepAnswer(tx, asked, accept(childId), now);
  await schoolStarts.note(tx, { id: deps.newId(), childId, isDeferred, reason, notedBy, notedAt: now });
  return { refusal: null, isNew: true, reads };
}

/** As the service: whether a place of the child's has no end any more. */
async function goOn(tx: Tx, childId: string, now: Date): Promise<boolean> {
  const today = localDateAt(now);
  const goingOn = await schoolStarts.goOn(tx, childId, today);
  await pools.hold(
    tx,
    goingOn.map((place) => ({ ...place, childId })),
  );
  if (goingOn.length > 0) await restate(tx, childId, today);
  return goingOn.length > 0;
}
