import { AppError } from '@ranselpost/kit/pure/errors';
import { announceEvent as announce } from '../usecases/announce-event.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey } from './inputs.ts';
import { toWhom } from './to-whom.ts';
import type { Context } from './types.ts';
import { toEvent, toEventRefusal } from './unit-event.ts';

export const announceEvent: NonNullable<MutationResolvers<Context>['announceEvent']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const choices = input.choices ?? [];
  const adultsMax = input.adultsMax ?? 0;
  const capacity = input.capacity ?? null;
  if (
    choices.length > 10 ||
    adultsMax < 0 ||
    adultsMax > 6 ||
    (capacity !== null && (capacity < 1 || capacity > 10_000))
  )
    throw new AppError('BAD_USER_INPUT', 'at most ten choices, six adults, and room for 10,000');
  const result = await announce(deps, actor, {
    ...{ unitId: input.unitId, to: toWhom(input), idempotencyKey: readKey(input.idempotencyKey) },
    ...{ title: readLine(input.title, 120), adultsMax, capacity },
    place: input.place == null ? null : readLine(input.place, 60),
    bring: input.bring == null ? null : readLine(input.bring, 500),
    choices: choices.map((choice) => readLine(choice, 60)),
    startsAt: input.startsAt == null ? null : new Date(input.startsAt),
    endsAt: input.endsAt == null ? null : new Date(input.endsAt),
    answerUntil: new Date(input.answerUntil),
  });
  return result.ok
    ? { __typename: 'EventAnnounced', event: toEvent(result.value) }
    : toEventRefusal(result.refusal);
};

/** Words without anything that cannot be seen, and not without end. */
function readLine(text: string, most: number): string {
  const line = text.trim();
  if (line.length < 1 || line.length > most || /\p{C}/u.test(line))
    throw new AppError('BAD_USER_INPUT', `a line of 1 to ${most} characters`);
  return line;
}
