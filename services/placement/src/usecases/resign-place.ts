import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { decideTermination } from '../domain/child-place.ts';
import { mayAnswerFor } from '../domain/offer-policy.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as offerTerms from '../store/offer-terms.ts';
import * as places from '../store/places.ts';
import type { StoredPlace } from '../store/places.ts';
import * as pools from '../store/pools.ts';
import * as waiting from '../store/waiting.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { restate } from './end-offer.ts';
import { type CommandAnswer, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { tellFamily } from './tell-families.ts';

export interface PlaceToResign {
  readonly placeId: string;
  /** The first day without it. */
  readonly endsOn: LocalDate;
  readonly idempotencyKey: string;
}

/**
 * A guardian gives up a place, as long before as the statutes of the unit say (BHG-14), and all that the child waits for. From then on the
 * seat may be offered to somebody else, for the day on which it is free. Also while admission is stopped: nobody is kept against their will.
 */
export async function resignPlace(deps: Deps, actor: Actor, wanted: PlaceToResign): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { answer, ended, by }) => {
        if (ended !== null) {
          await pools.letGoOfPlaces(tx, [ended.id]);
          await places.end(tx, [{ id: ended.id, to: wanted.endsOn }], now);
          const entries = await waiting.ofChildren(tx, [ended.childId]);
          await waiting.endEntries(
            tx,
            ended,
            entries.map(({ poolId }) => poolId),
            'RESIGNED',
          );
          await restate(tx, ended.childId, localDateAt(now));
          await tellFamily(tx, deps, { childId: ended.childId, subjectId: ended.id }, by);
        }
        return aboutNobody(answer);
      },
    ),
  );
}

interface Found {
  readonly answer: CommandAnswer;
  readonly ended: StoredPlace | null;
  readonly by: string;
}

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: PlaceToResign, now: Date): Promise<Found> {
  const seen = await places.byId(tx, wanted.placeId);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await lockChild(tx, seen.childId);
  const place = (await places.byId(tx, wanted.placeId))!;
  const facts = await loadApplicationFacts(tx, actor, [place.childId], now);
  mayAnswerFor(actor, facts, place.childId);
  const { personId: by } = actor;
  const { endsOn } = wanted;
  const asked = { ...wanted, personId: by, command: ['resign', place.id, endsOn] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, ended: null, by };
  const today = localDateAt(now);
  const terms = await offerTerms.ofUnit(tx, place.unitId, today);
  const decision = decideTermination(
    { ...place, pool: place.poolId },
    { today, endsOn, terms: { months: terms?.noticeMonths ?? 0, countsFrom: 'DAY' } },
  );
  if (!decision.ok || !place.isHeld) {
    const earliest = !decision.ok && decision.refusal.kind === 'E_NOTICE' ? decision.refusal.earliest : null;
    const kind = earliest === null ? 'E_STATE' : 'E_NOTICE';
    return { answer: await keepAnswer(tx, asked, refused(kind, earliest), now), ended: null, by };
  }
  const resigned = { id: deps.newId(), endsOn, resignedBy: by, resignedAt: now };
  await places.insertResignation(tx, place, resigned);
  return { answer: await keepAnswer(tx, asked, accept(place.id), now), ended: place, by };
}
