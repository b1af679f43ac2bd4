import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isEasyToGuess, isPin } from '../domain/pin.ts';
import * as pins from '../store/pins.ts';
import type { Deps } from './deps.ts';
import { hashPin, newSeasoning } from './hash-pin.ts';
import { noteAtTablet } from './watch-tablets.ts';

type PinRefusal = { readonly kind: 'easy-to-guess' | 'login-not-fresh' };

/** Sets the PIN by which the actor is let in at shared tablets of their units; the one before, and what was tried of it, is forgotten. */
export async function setPin(deps: Deps, actor: Actor, pin: string): Promise<Result<Date, PinRefusal>> {
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN');
  if (!isPin(pin)) throw new AppError('BAD_USER_INPUT', 'a PIN has six digits');
  if (actor.isFresh !== true) return refuse({ kind: 'login-not-fresh' });
  const { personId } = actor;
  const now = deps.now();
  const hashed = await hashPin(deps.numbers, personId, pin, newSeasoning(deps.numbers));
  const result = await deps.db.decide<null, Result<Date, PinRefusal>>(
    actor,
    async () => null,
    async (tx) => {
      if (isEasyToGuess(pin, await pins.birthDateOf(tx, personId)))
        return aboutNobody(refuse({ kind: 'easy-to-guess' }));
      await pins.save(tx, personId, hashed, now);
      return aboutNobody(accept(now));
    },
  );
  if (result.ok) noteAtTablet(deps, 'pin-set');
  return result;
}

/** When the actor has set their PIN, for themselves to see that it was not somebody else. */
export const readPinSetAt = (deps: Deps, actor: Actor): Promise<Date | null> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(actor.kind === 'staff' ? await pins.setAt(tx, actor.personId) : null),
  );
