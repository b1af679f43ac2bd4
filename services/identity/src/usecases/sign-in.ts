import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import * as signIns from '../store/sign-ins.ts';
import { acceptNumber, toStored } from './accept-number.ts';
import { type Deps, today } from './deps.ts';

export type SignInRefusal = { readonly kind: 'number-not-accepted' | 'no-current-role' };

/**
 * Who a number is. Somebody nobody has heard of gets an id at first sight and the same answer in the same steps as
 * anybody, so that signing in tells nobody whether the municipality knows them (GUA-20).
 */
export async function signInGuardian(
  deps: Deps,
  number: string,
): Promise<Result<{ readonly personId: string }, SignInRefusal>> {
  const accepted = acceptNumber(deps.numbers, number);
  if (!accepted.ok) return refuse({ kind: 'number-not-accepted' });
  const stored = toStored(deps.numbers, deps.newId(), number, accepted.value);
  const meet = () => deps.db.asService((tx) => signIns.meet(tx, stored, deps.now()));
  const personId = await meet().catch(meet);
  // A number that the register has taken out of use is nobody's to sign in with (FREG-08).
  return personId === undefined ? refuse({ kind: 'number-not-accepted' }) : accept({ personId });
}

/** Who a login name is, as long as they hold a role today. */
export async function signInStaff(
  deps: Deps,
  login: string,
): Promise<Result<{ readonly personId: string }, SignInRefusal>> {
  const personId = await deps.db.asService((tx) =>
    signIns.staffWithRole(tx, login.toLowerCase(), today(deps)),
  );
  return personId === undefined ? refuse({ kind: 'no-current-role' }) : accept({ personId });
}
