import { AppError } from '@ranselpost/kit/pure/errors';
import { addDays } from '@ranselpost/kit/pure/dates';
import { isId } from '@ranselpost/kit/pure/ids';
import type { AwayRefusal, OutOfOffice } from '../domain/out-of-office.ts';
import type { StaffReached } from '../usecases/read-answer-readers.ts';
import { endOutOfOffice, readOutOfOffice, setOutOfOffice } from '../usecases/set-out-of-office.ts';
import type {
  MutationResolvers,
  OutOfOffice as Shown,
  RefusalCode,
  StaffReader,
  StaffRoleKind,
  ThreadResolvers,
  UnitResolvers,
} from './generated/types.ts';
import { said } from './text-refusals.ts';

const kinds: Readonly<Record<string, StaffRoleKind>> = {
  ...{ LEADER: 'LEADER', ADMINISTRATOR: 'ADMINISTRATOR', CONTACT_TEACHER: 'CONTACT_TEACHER' },
  ...{ TEACHER: 'TEACHER', ASSISTANT: 'ASSISTANT', AFTER_SCHOOL: 'AFTER_SCHOOL' },
  KINDERGARTEN: 'KINDERGARTEN',
};

export const toStaffReader = ({ personId, role, away, standsInFor }: StaffReached): StaffReader => ({
  ...{ person: { id: personId }, role: kinds[role] ?? null },
  away: away === null ? null : { lastDay: addDays(away.to, -1), reply: away.reply },
  standsInFor: standsInFor === null ? null : { id: standsInFor },
});

const codes: Readonly<Record<AwayRefusal['kind'], RefusalCode>> = {
  'away-days-wrong': 'AWAY_DAYS_WRONG',
  'away-overlaps': 'AWAY_OVERLAPS',
  'stand-in-unknown': 'AWAY_STAND_IN_UNKNOWN',
};

const toShown = ({ id, personId, from, to, reply, standInId }: OutOfOffice): Shown => ({
  ...{ id, person: { id: personId }, firstDay: from, lastDay: addDays(to, -1), reply },
  standIn: standInId === null ? null : { id: standInId },
});

export const outOfOfficeMutations: Required<Pick<MutationResolvers, 'setOutOfOffice' | 'endOutOfOffice'>> = {
  setOutOfOffice: async (_parent, { input }, { deps, actor }) => {
    const { unitId, personId, firstDay: from, lastDay, reply, standInId = null } = input;
    if (!('personId' in actor) || ![unitId, personId ?? unitId, standInId ?? unitId].every(isId))
      throw new AppError('NOT_FOUND');
    const result = await setOutOfOffice(deps, actor, {
      ...{ unitId, from, to: addDays(lastDay, 1), reply, standInId },
      personId: personId ?? actor.personId,
    });
    return result.ok
      ? { __typename: 'OutOfOfficeSet', outOfOffice: toShown(result.value) }
      : { __typename: 'OutOfOfficeRefused', ...said(codes[result.refusal.kind]) };
  },
  endOutOfOffice: async (_parent, { input: { outOfOfficeId } }, { deps, actor }) => {
    if (!isId(outOfOfficeId)) throw new AppError('NOT_FOUND');
    return { __typename: 'OutOfOfficeEnded', endedId: (await endOutOfOffice(deps, actor, outOfOfficeId)).id };
  },
};

export const outOfOfficeOfUnit: Required<Pick<UnitResolvers, 'outOfOffice'>> = {
  outOfOffice: async ({ id }, _arguments, { deps, actor }) => {
    const found = isId(id) ? await readOutOfOffice(deps, actor, id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found.map(toShown);
  },
};

export const answerReaders: Required<Pick<ThreadResolvers, 'answerReaders'>> = {
  answerReaders: async ({ id }, _arguments, context) =>
    (await context.answerReaders.load(id))?.map(toStaffReader) ?? null,
};
