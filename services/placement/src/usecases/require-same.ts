import { AppError } from '@ranselpost/kit/pure/errors';

/** Under a key that names something already, the same is answered; something else is a mistake of the caller (S-22). */
export function requireSame(isSame: boolean): void {
  if (!isSame) throw new AppError('BAD_USER_INPUT', 'the key names something else');
}
