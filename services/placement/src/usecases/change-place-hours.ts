import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayAnswerFor } from '../domain/offer-policy.ts';
import { decideHours } from '../domain/place-hours.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as offerTerms from '../store/offer-terms.ts';
import * as places from '../store/places.ts';
import type { StoredPlace } from '../store/places.ts';
import * as pools from '../store/pools.ts';
import { loadApplicationFacts } from './application-facts.ts';
import { endBefore } from './begin-offers.ts';
import type { Deps } from './deps.ts';
import { type CommandAnswer, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { tellFamily } from './tell-families.ts';

export interface HoursWanted {
  readonly placeId: string;
  readonly weeklyHours: number;
  /** The first day with these hours: the first of a month. */
  readonly from: LocalDate;
  readonly idempotencyKey: string;
}

/**
 * A guardian changes the hours of a place after school (P20, SFO-06): the place ends on the day before, and goes on in the same seat with the other
 * hours, so that bills have them by month. Answers the place that it is from then on.
 */
export async function changePlaceHours(
  deps: Deps,
  actor: Actor,
  wanted: HoursWanted,
): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { answer, changed, by }) => {
        if (changed !== null) {
          await goOn(tx, changed, now);
          await tellFamily(tx, deps, { childId: changed.old.childId, subjectId: changed.id }, by);
        }
        return aboutNobody(answer);
      },
    ),
  );
}

interface Changed {
  readonly old: StoredPlace;
  /** Of the place from then on. */
  readonly id: string;
  readonly from: LocalDate;
  readonly weeklyHours: number;
}
interface Found {
  readonly answer: CommandAnswer;
  readonly changed: Changed | null;
  readonly by: string;
}

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: HoursWanted, now: Date): Promise<Found> {
  const seen = await places.byId(tx, wanted.placeId);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await lockChild(tx, seen.childId);
  const old = (await places.byId(tx, wanted.placeId))!;
  const facts = await loadApplicationFacts(tx, actor, [old.childId], now);
  mayAnswerFor(actor, facts, old.childId);
  const { personId: by } = actor;
  const { weeklyHours, from } = wanted;
  const asked = { ...wanted, personId: by, command: ['hours', old.id, weeklyHours, from] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, changed: null, by };
  const today = localDateAt(now);
  const terms = await offerTerms.ofUnit(tx, old.unitId, today);
  const decision = decideHours(old, {
    ...{ today, wanted: weeklyHours, startsOn: from, lists: deps.priceLists },
    noticeMonths: terms?.noticeMonths ?? 0,
  });
  if (!decision.ok || !old.isHeld) {
    const refusal = decision.ok ? ({ kind: 'E_STATE' } as const) : decision.refusal;
    const earliest = refusal.kind === 'HOURS_TOO_EARLY' ? refusal.earliest : null;
    return { answer: await keepAnswer(tx, asked, refused(refusal.kind, earliest), now), changed: null, by };
  }
  const id = deps.newUntimedId();
  await places.insertHoursChange(tx, old, {
    ...{ id: deps.newId(), weeklyHours, from, changedBy: by, changedAt: now },
  });
  return {
    answer: await keepAnswer(tx, asked, accept(id), now),
    changed: { old, id, from, weeklyHours },
    by,
  };
}

/** As the service: nobody else can come into the seat in between. */
async function goOn(tx: Tx, { old, id, from, weeklyHours }: Changed, now: Date): Promise<void> {
  const { childId, care, poolId, unitId, seatNumber, applicationId } = old;
  await endBefore(tx, [{ childId, care, from }], now);
  await places.insert(tx, [
    {
      ...{ id, childId, care, poolId, unitId, seatNumber, applicationId, from, to: null, weeklyHours },
      ...{ offerId: null, source: 'HOURS', madeAt: now },
    },
  ]);
  await pools.hold(tx, [{ placeId: id, poolId, seatNumber, childId }]);
}
