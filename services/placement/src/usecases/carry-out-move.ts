import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { AppError } from '@ranselpost/kit/pure/errors';
import { roundMovedV1 } from '@ranselpost/schema/events/placement/round-moved.v1';
import type { MoveName, StoredRound } from '../domain/round-record.ts';
import type { RoundState } from '../domain/round.ts';
import * as moves from '../store/round-moves.ts';
import * as rounds from '../store/rounds.ts';
import type { Deps } from './deps.ts';

/** What is done with a round, as it was decided to be done. */
export type Move = Omit<moves.NewMove, 'roundId' | 'nth' | 'from' | 'to' | 'madeAt'>;

/**
 * Writes down what is done with a round, which does it, and tells it where the round stands elsewhere after it. Of two at once one is
 * barred, and finds at the next look where the other has put the round.
 */
export async function carryOut(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  round: Pick<StoredRound, 'id' | 'state' | 'version'>,
  to: RoundState,
  move: Move,
): Promise<StoredRound> {
  const { id: roundId, state: from, version } = round;
  await moves.make(tx, { ...move, roundId, nth: version + 1, from, to, madeAt: deps.now() });
  const moved = await roundBy(tx, roundId);
  const { kind, state } = moved;
  if (from !== state && state !== 'draft')
    await tell(tx, roundMovedV1, { roundId, kind: upper(kind), state: upper(state) });
  return moved;
}

const upper = <Name extends string>(name: Name) => name.toUpperCase() as Uppercase<Name>;

/** A round that whoever asks sees at all. */
export async function roundBy(tx: Tx, roundId: string): Promise<StoredRound> {
  const round = await rounds.byId(tx, roundId);
  if (round === undefined) throw new AppError('NOT_FOUND');
  return round;
}

/**
 * A round that somebody is about to move, which nobody else does meanwhile; and whether they have done just that under a key of theirs
 * already. Another act under the same key is none of it.
 */
export async function meetRound(
  tx: Tx,
  personId: string,
  { roundId, idempotencyKey }: { readonly roundId: string; readonly idempotencyKey: string },
  move: MoveName,
): Promise<{ readonly round: StoredRound; readonly isDone: boolean }> {
  await rounds.lock(tx, roundId);
  const known = await moves.byKey(tx, personId, idempotencyKey);
  if (known !== undefined && (known.roundId !== roundId || known.move !== move))
    throw new AppError('BAD_USER_INPUT', 'the key names something else');
  return { round: await roundBy(tx, roundId), isDone: known !== undefined };
}
