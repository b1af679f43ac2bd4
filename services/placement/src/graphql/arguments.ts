import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';

export function requireKey(key: string): void {
  if (key.length < 1 || key.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** The place in a list that a cursor stands for: an instant and an id. */
export function readInstantAndId(cursor: string | null): { readonly at: string; readonly id: string } | null {
  if (cursor === null) return null;
  const [at = '', id = ''] = cursor.split('/');
  if (!instant.test(at) || !isId(id)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { at, id };
}

const textMax = 4_000;

/** A text as it was given; none where it is empty. */
export function readReason(text: string | null | undefined): string | null {
  if (text !== null && text !== undefined && text.length > textMax)
    throw new AppError('BAD_USER_INPUT', `a text has at most ${textMax} characters`);
  return text === undefined || text === null || text.trim() === '' ? null : text;
}
