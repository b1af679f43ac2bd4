import { readPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readPlace, toShownPage } from './absence.ts';
import type { Context } from './context.ts';
import { toShownBoard } from './day-board.ts';
import type { UnitResolvers } from './generated/types.ts';

export const unit: Required<Pick<UnitResolvers<Context>, '__resolveReference' | 'absences' | 'dayBoard'>> = {
  __resolveReference: async ({ id }) => ({ id }),
  absences: async ({ id }, { day, ...page }, { unitAbsences }) => {
    const { first, after } = readPage(page);
    const wanted = { day, after: readPlace(after), first };
    if (!isId(id)) throw new AppError('NOT_FOUND');
    return toShownPage(await unitAbsences.load({ unitId: id, ...wanted }), first, after);
  },
  dayBoard: async ({ id }, { day, groupId, tripId, ...page }, { dayBoards, deps }) => {
    const { first, after } = readPage(page);
    if (
      !isId(id) ||
      (groupId != null && !isId(groupId)) ||
      (tripId != null && !isId(tripId)) ||
      (after !== null && !isId(after))
    )
      throw new AppError('NOT_FOUND');
    const wanted = { unitId: id, day, groupId: groupId ?? null, tripId: tripId ?? null, first, after };
    return toShownBoard(await dayBoards.load(wanted), wanted, deps.now());
  },
};
