import { AppError } from '@ranselpost/kit/pure/errors';
import { pairTablet as pair, unpairTablet as unpair } from '../usecases/pair-tablet.ts';
import { readPinSetAt, setPin as set } from '../usecases/set-pin.ts';
import type { MutationResolvers, ViewerResolvers } from './generated/types.ts';
import { refusalOf } from './refusal-texts.ts';

const nameMost = 60;

export const pairTablet: NonNullable<MutationResolvers['pairTablet']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const name = input.name.trim();
  if (name === '' || name.length > nameMost)
    throw new AppError('BAD_USER_INPUT', 'a tablet has a name of 60 characters at most');
  const { tablet, code, codeEndsAt } = await pair(deps, actor, input.unitId, name);
  return { __typename: 'TabletPairing', tablet, code, codeEndsAt: codeEndsAt.toISOString() };
};

export const unpairTablet: NonNullable<MutationResolvers['unpairTablet']> = async (
  _parent,
  { input },
  { actor, deps },
) => ({ __typename: 'TabletUnpaired', tabletId: await unpair(deps, actor, input.tabletId) });

export const setPin: NonNullable<MutationResolvers['setPin']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const result = await set(deps, actor, input.pin);
  if (result.ok) return { __typename: 'PinSet', setAt: result.value.toISOString() };
  return result.refusal.kind === 'easy-to-guess'
    ? { __typename: 'PinTooSimple', ...refusalOf('PIN_TOO_SIMPLE') }
    : { __typename: 'LoginNotFresh', ...refusalOf('LOGIN_NOT_FRESH') };
};

export const ownPinSetAt: NonNullable<ViewerResolvers['pinSetAt']> = async (
  _parent,
  _arguments,
  { actor, deps },
) => (await readPinSetAt(deps, actor))?.toISOString() ?? null;
