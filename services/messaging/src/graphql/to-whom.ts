import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';

const mostChildren = 100;

/** A group, or some children, as a caller named them. What is no id names none. */
export function toWhom({
  unitId,
  groupId = null,
  childIds = null,
}: {
  readonly unitId: string;
  readonly groupId?: string | null | undefined;
  readonly childIds?: readonly string[] | null | undefined;
}): { readonly groupId: string } | { readonly childIds: readonly string[] } {
  if ((groupId === null) === (childIds === null) || (childIds?.length ?? 0) > mostChildren)
    throw new AppError('BAD_USER_INPUT', 'for a group, or for 100 children at most');
  if (![unitId, ...(groupId === null ? [] : [groupId]), ...(childIds ?? [])].every(isId))
    throw new AppError('NOT_FOUND');
  return groupId === null ? { childIds: childIds! } : { groupId };
}
