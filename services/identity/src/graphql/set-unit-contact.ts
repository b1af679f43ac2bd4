import { AppError } from '@ranselpost/kit/pure/errors';
import { setUnitContact as set } from '../usecases/set-unit-contact.ts';
import { readOptionalText } from './feature-input.ts';
import type { MutationResolvers } from './generated/types.ts';

const phonePattern = /^\+?[0-9 ]{3,20}$/;
const emailPattern = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

export const setUnitContact: NonNullable<MutationResolvers['setUnitContact']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const contact = {
    phone: readOptionalText(input.phone, 20),
    email: readOptionalText(input.email, 254),
    openingHours: readOptionalText(input.openingHours, 200),
  };
  const isSome = Object.values(contact).some((value) => value !== null);
  if (!isSome || !phonePattern.test(contact.phone ?? '000') || !emailPattern.test(contact.email ?? 'a@b.c'))
    throw new AppError('BAD_USER_INPUT', 'no way to reach anybody');
  return { __typename: 'UnitContactSet', contact: await set(deps, actor, input.unitId, contact) };
};
