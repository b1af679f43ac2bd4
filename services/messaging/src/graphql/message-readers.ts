import { AppError } from '@ranselpost/kit/pure/errors';
import type { GuardianReading, QueryResolvers } from './generated/types.ts';
import { readMessageReaders } from '../usecases/read-message-readers.ts';
import { readChildIds, readUnitId } from './inputs.ts';
import { toStaffReader } from './out-of-office.ts';

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
    staff: readers.addressed.map(toStaffReader),
    mailbox: readers.inMailbox.map(toStaffReader),
    otherStaff: readers.unitKind === 'KINDERGARTEN' ? 'ALL_STAFF' : 'STAFF_IN_CHARGE',
    guardLevel: readers.guardLevel,
    guardians: readers.guardians.map(({ personId, isWriter }) => ({
      person: { id: personId },
      reads: isWriter ? 'WRITES' : others,
    })),
  };
};
