import type { Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import * as requests from '../store/information-requests.ts';

interface Keyed {
  readonly requestId: string;
  readonly step: requests.Step;
  readonly actorId: string;
  /** The actor's own: the same step under the same key is the same step. */
  readonly key: string;
}

/** Does a step unless it was done under its key before, and adds it to the history when its rule accepts it. */
export async function once<Refusal>(
  tx: Tx,
  { requestId, step, actorId, key }: Keyed,
  at: Date,
  work: () => Promise<Result<object, Refusal>>,
): Promise<Result<{ readonly requestId: string }, Refusal>> {
  const before = await requests.stepUnder(tx, actorId, key);
  if (before !== undefined && (before.step !== step || before.requestId !== requestId))
    throw new AppError('BAD_USER_INPUT', 'the key names something else');
  if (before !== undefined) return accept({ requestId });
  const result = await work();
  if (!result.ok) return result;
  await requests.addSteps(tx, [{ requestId, step, by: { actorId, key }, codes: result.value, at }]);
  return accept({ requestId });
}
