import { AppError } from '@ranselpost/kit/pure/errors';
import type { GuardianReading, QueryResolvers, StaffRoleKind } from './generated/types.ts';
import { readMessageReaders } from '../usecases/read-message-readers.ts';
import { readChildIds, readUnitId } from './inputs.ts';

const kinds: Readonly<Record<string, StaffRoleKind>> = {
  ...{ LEADER: 'LEADER', ADMINISTRATOR: 'ADMINISTRATOR', CONTACT_TEACHER: 'CONTACT_TEACHER' },
  ...{ TEACHER: 'TEACHER', ASSISTANT: 'ASSISTANT', AFTER_SCHOOL: 'AFTER_SCHOOL' },
  KINDERGARTEN: 'KINDERGARTEN',
};

export const messageReaders: NonNullable<QueryResolvers['messageReaders']> = async (
  _parent,
  given,
  { deps, actor },
) => {
  const where = { childIds: readChildIds(given.childIds), unitId: readUnitId(given.unitId) };
  const readers = await readMessageReaders(deps, actor, where);
  if (readers === null) return null;
  if (actor.kind !== 'guardian' && actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  const others: GuardianReading = actor.kind === 'staff' ? 'UNLESS_LEFT_OUT' : 'WHEN_CHOSEN';
  return {
    staff: readers.addressed.map(({ personId, role }) => ({
      person: { id: personId },
      role: kinds[role] ?? null,
    })),
    otherStaff: readers.unitKind === 'KINDERGARTEN' ? 'ALL_STAFF' : 'STAFF_IN_CHARGE',
    guardians: readers.guardians.map(({ personId, isWriter }) => ({
      person: { id: personId },
      reads: isWriter ? 'WRITES' : others,
    })),
  };
};
