import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRunAdmission } from '../domain/round-policy.ts';
import {
  type SeatDecision,
  type SeatRefusal,
  type SeatTerms,
  decideSeats as decide,
  isOverCapacity,
} from '../domain/seat-decision.ts';
import * as seats from '../store/seat-decisions.ts';
import { roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';
import { requireSame } from './require-same.ts';

/** A decision, and whether the unit promises more by it than space and staff allow: a notice, and no refusal (BHG-25). */
export interface SeatsDecided {
  readonly decision: SeatDecision;
  readonly isOverCapacity: boolean;
}

/** Decides how many seats a unit has for an age group in a round. Added to what was decided before; the last one counts. */
export const decideSeats = (
  deps: Deps,
  actor: Actor,
  { roundId, idempotencyKey, ...terms }: SeatTerms & RoundToMove,
): Promise<Result<SeatsDecided, SeatRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<SeatsDecided, SeatRefusal>>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: decidedBy } = actor;
      const round = await roundBy(tx, roundId);
      const known = await seats.byKey(tx, decidedBy, idempotencyKey);
      if (known !== undefined) {
        requireSame(
          known.roundId === roundId && known.unitId === terms.unitId && known.group === terms.group,
        );
        return aboutNobody(accept(await withNotice(tx, known)));
      }
      const decision = decide(terms, round);
      if (!decision.ok) return aboutNobody(decision);
      const made = { ...decision.value, id: deps.newId(), roundId, decidedBy, decidedAt: now };
      await seats.insert(tx, { ...made, idempotencyKey });
      const kept = await seats.byKey(tx, decidedBy, idempotencyKey);
      if (kept === undefined) throw new AppError('CONFLICT', 'seats are being decided');
      return aboutNobody(accept(await withNotice(tx, kept)));
    }),
  );

async function withNotice(tx: Tx, decision: SeatDecision): Promise<SeatsDecided> {
  const inForce = await seats.inForce(tx, [decision.roundId]);
  const there = inForce.filter(({ unitId }) => unitId === decision.unitId);
  return { decision, isOverCapacity: isOverCapacity(there, decision) };
}
