import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import {
  type AppealMove,
  type AppealRefusal,
  type AppealState,
  type BodyOutcome,
  decideAppealMove,
} from '../domain/appeal.ts';
import type { AppealOutcome } from '../domain/appeal-letter.ts';
import { mayOfferTo, offerSightOf } from '../domain/offer-policy.ts';
import * as appeals from '../store/appeals.ts';
import type { MoveName, StoredAppeal } from '../store/appeals.ts';
import * as applications from '../store/applications.ts';
import * as letters from '../store/decision-letters.ts';
import { lockChild, lockPool } from '../store/offer-locks.ts';
import * as waiting from '../store/waiting.ts';
import { loadApplicationFacts } from './application-facts.ts';
import { archiveAppeal } from './archive-appeal.ts';
import { rankAhead } from './begin-offers.ts';
import type { Deps } from './deps.ts';
import { restate } from './end-offer.ts';
import { type CommandAnswer, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { readOf } from './read-offers.ts';
import { tellFamily } from './tell-families.ts';

export interface AppealToMove {
  readonly appealId: string;
  readonly move: MoveName;
  /** Why; what the owner says, or what the body that decides on appeals has decided. */
  readonly reason: string;
  /** What that body has decided, where it has. */
  readonly outcome: BodyOutcome | null;
  readonly idempotencyKey: string;
}

/** What a case worker does with an appeal. Upheld, the child is next at that unit behind priority by law, and nobody loses a place (BHG-17, BHG-18). */
export async function moveAppeal(deps: Deps, actor: Actor, wanted: AppealToMove): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(tx, actor, wanted, now),
      async (tx, { answer, moved, reads }) => {
        if (moved !== null) {
          await archiveAppeal(tx, deps, moved.appeal, { kind: wanted.move, reason: wanted.reason.trim() });
          if (moved.isUpheld) await putAhead(tx, moved.appeal, now);
          const { appeal, outcome } = moved;
          if (outcome !== null)
            await letters.insertAll(
              tx,
              await lettersOn(tx, deps, appeal, { outcome, reason: wanted.reason.trim() }),
            );
          else if (wanted.move !== 'HEAR_OWNER')
            await tellFamily(tx, deps, { childId: appeal.childId, subjectId: appeal.id });
        }
        return about(reads, answer);
      },
    ),
  );
}

async function look(tx: Tx, actor: Actor, wanted: AppealToMove, now: Date) {
  const seen = await appeals.byId(tx, wanted.appealId);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await lockChild(tx, seen.childId);
  const appeal = (await appeals.byId(tx, wanted.appealId))!;
  const facts = await loadApplicationFacts(tx, actor, [appeal.childId], now);
  mayOfferTo(actor, facts, appeal.childId);
  const reads = readOf(appeal.childId, offerSightOf(actor, facts, appeal.childId)!);
  const { personId: madeBy } = actor;
  const { move, outcome } = wanted;
  const asked = { ...wanted, personId: madeBy, command: ['move appeal', appeal.id, move, outcome] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, moved: null, reads };
  const decision = decide(appeal, wanted);
  if (!decision.ok)
    return { answer: await keepAnswer(tx, asked, refused(decision.refusal.kind), now), moved: null, reads };
  const { state: to, isUpheld } = decision.value;
  await appeals.move(tx, appeal, {
    move,
    to,
    upholds: isUpheld,
    reason: wanted.reason.trim(),
    madeBy,
    madeAt: now,
  });
  const moved = { appeal, isUpheld, outcome: decidedBy(move, isUpheld) };
  return { answer: await keepAnswer(tx, asked, accept(appeal.id), now), moved, reads };
}

function decide(
  { state, moves }: StoredAppeal,
  { move, reason, outcome }: AppealToMove,
): Result<{ readonly state: AppealState; readonly isUpheld: boolean }, AppealRefusal> {
  if (reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  if (move === 'HEAR_OWNER')
    return state === 'received' ? accept({ state, isUpheld: false }) : refuse({ kind: 'E_STATE' });
  const isOwnerHeard = moves.some((one) => one.move === 'HEAR_OWNER');
  const names: Readonly<Record<Exclude<MoveName, 'HEAR_OWNER'>, AppealMove>> = {
    ADMIT: { move: 'admit', reason },
    DISMISS: { move: 'dismiss', reason },
    UPHOLD: { move: 'uphold', reason, isOwnerHeard },
    REJECT: { move: 'reject', reason, isOwnerHeard },
    FORWARD: { move: 'forward', reason },
    CLOSE: { move: 'close', outcome: outcome ?? 'rejected' },
  };
  return decideAppealMove({ state }, names[move]);
}

/** What a family is told of by letter: what was decided, and not that it goes on. */
function decidedBy(move: MoveName, isUpheld: boolean): AppealOutcome | null {
  switch (move) {
    case 'UPHOLD':
      return 'UPHELD';
    case 'REJECT':
      return 'REJECTED';
    case 'DISMISS':
      return 'DISMISSED';
    case 'CLOSE':
      return isUpheld ? 'UPHELD_BY_BODY' : 'REJECTED_BY_BODY';
    case 'ADMIT':
    case 'HEAR_OWNER':
    case 'FORWARD':
      return null;
  }
}

/** Either guardian has appealed for both: each is told; of a protected family whoever appealed alone (ADM-05, ADR-11). */
async function lettersOn(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  { id: subjectId, childId, applicationId, unitId, appealedBy }: StoredAppeal,
  decided: { readonly outcome: AppealOutcome; readonly reason: string },
): Promise<readonly letters.NewLetter[]> {
  const decidedAt = deps.now();
  const { isKeptApart } = await applications.atHome(tx, childId, localDateAt(decidedAt));
  if (isKeptApart && appealedBy === null) return [];
  return [
    {
      ...{ id: deps.newId(), childId, subjectId, applicationId, unitId, decidedAt },
      onlyFor: isKeptApart ? appealedBy : null,
      content: { kind: 'APPEAL', ...decided },
    },
  ];
}

/** As the service: the child waits at the unit, again where it did no more, and right behind those who come first by law. */
async function putAhead(tx: Tx, { applicationId, childId, unitId }: StoredAppeal, now: Date): Promise<void> {
  const entries = (await waiting.ofApplications(tx, [applicationId])).filter((one) => one.unitId === unitId);
  for (const { poolId } of entries) {
    await lockPool(tx, poolId);
    await waiting.revive(tx, applicationId, poolId);
    await rankAhead(tx, { poolId, unitId });
  }
  await restate(tx, childId, localDateAt(now));
}
