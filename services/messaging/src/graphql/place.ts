import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { z } from 'zod';
import type { Place } from '../domain/place.ts';
import type { PlaceInput } from './generated/types.ts';

/** A place as a client named it: what no id can be is no place. */
export function readPlaceInput({ unitId, groupId }: PlaceInput): Place {
  if (!isId(unitId) || (groupId != null && !isId(groupId))) throw new AppError('NOT_FOUND');
  return { unitId: unitId.toLowerCase(), groupId: groupId?.toLowerCase() ?? null };
}

const listPlace = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.datetime(), z.uuid()]));

/** The place in a list by time that a cursor stands for. */
export function readListPlace(key: string | null): { readonly at: Date; readonly id: string } | null {
  if (key === null) return null;
  const place = listPlace.safeParse(key);
  if (!place.success) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { at: new Date(place.data[0]), id: place.data[1] };
}

export const listKey = (at: Date, id: string): string => `${at.toISOString()}/${id}`;
