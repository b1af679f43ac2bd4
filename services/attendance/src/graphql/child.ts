import { readPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readPlace, toShownPage } from './absence.ts';
import type { Context } from './context.ts';
import type { ChildResolvers } from './generated/types.ts';

/** A reference holds nothing but the id it came with; what there is to hide is behind the field, which applies access. */
export const child: Required<Pick<ChildResolvers<Context>, '__resolveReference' | 'absences'>> = {
  __resolveReference: async ({ id }) => ({ id }),
  absences: async ({ id }, { from, to, ...page }, { childAbsences }) => {
    const { first, after } = readPage(page);
    const wanted = { from: from ?? null, to: to ?? null, after: readPlace(after), first };
    if (!isId(id)) throw new AppError('NOT_FOUND');
    return toShownPage(await childAbsences.load({ childId: id, ...wanted }), first, after);
  },
};
