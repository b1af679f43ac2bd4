import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { listOpenUnits } from '../usecases/list-open-units.ts';
import type { QueryResolvers } from './generated/types.ts';

const mostIds = 100;

export const unitDirectory: NonNullable<QueryResolvers['unitDirectory']> = async (
  _parent,
  { kind = null, ids = null, ...page },
  { deps, actor },
) => {
  const { first, after } = readPage(page);
  if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  if (ids !== null && ids.length > mostIds) throw new AppError('BAD_USER_INPUT');
  const found = await listOpenUnits(deps, actor, { kind, ids, first, after });
  const shown = found.map(({ id, name, kind: itsKind, record }) => {
    const { ownership, visitingAddress, phone, website } = record;
    return { id, name, kind: itsKind, ownership, visitingAddress, phone, website };
  });
  return toPage(shown, first, after, ({ id }) => id);
};
