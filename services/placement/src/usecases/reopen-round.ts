import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRunAdmission } from '../domain/round-policy.ts';
import type { Reopening } from '../domain/round-record.ts';
import { type RoundRefusal, decideMove } from '../domain/round.ts';
import * as reopenings from '../store/round-reopenings.ts';
import * as rounds from '../store/rounds.ts';
import { carryOut, meetRound, roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundMoved, RoundToMove } from './move-round.ts';
import { requireSame } from './require-same.ts';

export type ReopeningProposed = Result<Reopening, RoundRefusal>;

/**
 * Proposes that a closed round be opened again. Nothing is done before another case worker approves it (placement § 8); whoever proposes
 * it while it waits already is told of what waits.
 */
export const proposeReopening = (
  deps: Deps,
  actor: Actor,
  wanted: RoundToMove & { readonly reason: string },
): Promise<ReopeningProposed> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<ReopeningProposed>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: proposedBy } = actor;
      const { roundId, idempotencyKey } = wanted;
      await rounds.lock(tx, roundId);
      const round = await roundBy(tx, roundId);
      const known = await reopenings.byKey(tx, proposedBy, idempotencyKey);
      if (known !== undefined) {
        requireSame(known.roundId === roundId);
        return aboutNobody(accept(known));
      }
      const reason = wanted.reason.trim();
      const alone = { move: 'reopen', reason, decidedBy: proposedBy, approvedBy: null } as const;
      const decision = decideMove(round, alone);
      if (!decision.ok && decision.refusal.kind !== 'E_NO_APPROVER') return aboutNobody(decision);
      await reopenings.insert(tx, {
        ...{ id: deps.newId(), roundId, roundVersion: round.version, reason, proposedBy },
        ...{ proposedAt: now, idempotencyKey },
      });
      const [waiting] = await reopenings.waiting(tx, [roundId]);
      if (waiting === undefined) throw new AppError('CONFLICT', 'the round stands elsewhere by now');
      return aboutNobody(accept(waiting));
    }),
  );

/** Opens a closed round again: the second of two, who is somebody else. Of a round that stands elsewhere by now a proposal says nothing. */
export const approveReopening = (
  deps: Deps,
  actor: Actor,
  { reopeningId, idempotencyKey }: { readonly reopeningId: string; readonly idempotencyKey: string },
): Promise<RoundMoved> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundMoved>> => {
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
      const { personId: approvedBy } = actor;
      const proposed = await reopenings.byId(tx, reopeningId);
      if (proposed === undefined) throw new AppError('NOT_FOUND');
      const { id, roundId, reason, proposedBy } = proposed;
      const { round, isDone } = await meetRound(tx, approvedBy, { roundId, idempotencyKey }, 'REOPEN');
      if (isDone) return aboutNobody(accept(round));
      const { state } = round;
      if (round.version !== proposed.roundVersion) return aboutNobody(refuse({ kind: 'E_STATE', state }));
      const decision = decideMove(round, { move: 'reopen', reason, decidedBy: proposedBy ?? '', approvedBy });
      if (!decision.ok) return aboutNobody(decision);
      const reopened = { move: 'REOPEN', reason, madeBy: proposedBy, idempotencyKey } as const;
      const move = { ...reopened, reopening: { id, approvedBy } };
      return aboutNobody(accept(await carryOut(deps, tx, round, decision.value, move)));
    }),
  );
