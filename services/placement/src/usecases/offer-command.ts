import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { AppealRefusal } from '../domain/appeal.ts';
import type { TerminationRefusal } from '../domain/child-place.ts';
import type { AnswerRefusal } from '../domain/offer.ts';
import type { OfferRefusal } from '../domain/offers.ts';
import type { HoursRefusal } from '../domain/place-hours.ts';
import * as commands from '../store/offer-commands.ts';
import type { LoadedFacts } from './application-facts.ts';

export type CommandCode =
  AnswerRefusal | OfferRefusal | HoursRefusal['kind'] | TerminationRefusal['kind'] | AppealRefusal['kind'];

/** Why nothing was done; with the earliest day, where a day is why. */
export interface CommandRefusal {
  readonly kind: CommandCode;
  readonly earliest: LocalDate | null;
}

/** What was made or changed, by its id, or why it was not. */
export type CommandAnswer = Result<string, CommandRefusal | FeatureClosed>;

/** What somebody asks for: all of it, so that the same key is the same thing. */
export interface Commanded {
  readonly personId: string;
  readonly idempotencyKey: string;
  readonly command: readonly (string | number | boolean | null)[];
}

/** What is asked for in one line. What is long in it, a reason, is of no weight for whether it is the same. */
const toLine = ({ command }: Commanded): string => command.join(' ').slice(0, 400);

/** What was answered when the same was asked for before. Another thing under the same key is a mistake. */
export async function firstAnswer(tx: Tx, asked: Commanded): Promise<CommandAnswer | undefined> {
  const known = await commands.byKey(tx, asked.personId, asked.idempotencyKey);
  if (known === undefined) return undefined;
  if (known.command !== toLine(asked)) throw new AppError('BAD_USER_INPUT', 'the key names something else');
  if (known.refusal === null) return accept(known.subjectId!);
  return refuse({ kind: known.refusal as CommandCode, earliest: known.earliest });
}

/** Keeps what is answered, with what is done. That the municipality has closed something is told anew each time. */
export async function keepAnswer(
  tx: Tx,
  asked: Commanded,
  answer: Result<string, CommandRefusal>,
  answeredAt: Date,
): Promise<CommandAnswer> {
  const refusal = answer.ok ? null : answer.refusal.kind;
  const isFirst = await commands.keep(tx, asked.personId, asked.idempotencyKey, {
    ...{ command: toLine(asked), refusal, answeredAt, subjectId: answer.ok ? answer.value : null },
    earliest: answer.ok ? null : answer.refusal.earliest,
  });
  if (!isFirst) throw new AppError('CONFLICT', 'the key was used at the same time');
  return answer;
}

export const refused = (
  kind: CommandCode,
  earliest: LocalDate | null = null,
): Result<never, CommandRefusal> => refuse({ kind, earliest });

/** Where the municipality has stopped admission nothing is done (X07, D02). */
export async function decideOpen(
  tx: Tx,
  facts: LoadedFacts,
  unitId: string,
): Promise<Result<unknown, FeatureClosed>> {
  return requireFeature(await loadFeature(tx, 'PLACEMENT', facts, [unitId]), unitId);
}
