import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { decideSeats as decide } from '../usecases/decide-seats.ts';
import { toShownState } from './admission-round.ts';
import { groups, toShownGroup } from './admission-rules.ts';
import { requireKey, requireText } from './change-admission-round.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, SeatDecisionResolvers, UnitResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const mostHeld = 20;
const longestName = 40;
const mostSeats = 10_000;

export const decideSeats: NonNullable<MutationResolvers<Context>['decideSeats']> = async (
  _parent,
  { input: { reserved = [], occupied = 0, ...input } },
  { deps, actor },
) => {
  requireKey(input.idempotencyKey);
  const reason = input.reason?.trim() ?? '';
  requireText(reason, 2000);
  if (reserved.length > mostHeld) throw new AppError('BAD_USER_INPUT', 'seats are held for at most 20');
  for (const { name, flag } of reserved) for (const text of [name, flag]) requireText(text, longestName);
  const numbers = [input.seats, occupied, input.area ?? 0, input.adults ?? 0];
  if (numbers.some((number) => Math.abs(number) > mostSeats * 10))
    throw new AppError('BAD_USER_INPUT', 'a number of seats or metres that is out of bounds');
  if (!isId(input.roundId) || !isId(input.unitId)) throw new AppError('NOT_FOUND');
  const result = await decide(deps, actor, {
    ...{ ...input, occupied, group: groups[input.group], reason: reason === '' ? null : reason },
    ...{ area: input.area ?? null, adults: input.adults ?? null },
    reserved: reserved.map(({ name, flag, seats, isSoft = false }) => ({
      ...{ id: name, flag, seats, soft: isSoft },
    })),
  });
  if (result.ok) return { __typename: 'SeatsDecided', ...result.value };
  const { refusal } = result;
  const state = refusal.kind === 'E_STATE' ? toShownState(refusal.state) : null;
  return { __typename: 'SeatsRefused', ...said(refusal.kind), state };
};

export const seatDecision: SeatDecisionResolvers<Context> = {
  round: async ({ roundId }, _args, { rounds }) => {
    const round = await rounds.load(roundId);
    if (round === null) throw new AppError('NOT_FOUND');
    return round;
  },
  unit: ({ unitId }) => ({ id: unitId }),
  group: ({ group }) => toShownGroup(group),
  reserved: ({ reserved }) => reserved.map(({ id, soft, ...held }) => ({ ...held, name: id, isSoft: soft })),
  decidedById: ({ decidedBy }) => decidedBy,
  decidedAt: ({ decidedAt }) => decidedAt.toISOString(),
};

export const seatsOfUnit: Required<Pick<UnitResolvers<Context>, 'admissionSeats'>> = {
  admissionSeats: async ({ id }, _args, { unitSeats }) => {
    const found = isId(id) ? await unitSeats.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found;
  },
};
