import { startThread as start } from '../usecases/start-thread.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readChildIds, readFileIds, readFor, readGuarding, readKey, readUnitId } from './inputs.ts';
import { toRefusal } from './text-refusals.ts';

export const startThread: NonNullable<MutationResolvers['startThread']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const result = await start(deps, actor, {
    ...{ subject: input.subject, text: input.text, idempotencyKey: readKey(input.idempotencyKey) },
    ...readGuarding(input),
    childIds: readChildIds(input.childIds),
    unitId: readUnitId(input.unitId),
    attachmentIds: readFileIds(input.attachmentIds),
    alsoGuardianIds: readFor(input.alsoGuardianIds, actor.kind === 'guardian'),
    toMailbox: input.toMailbox ?? false,
    alsoStaffIds: readFor(input.alsoStaffIds, true),
    leaveOut: readFor(input.leaveOut, actor.kind === 'staff').map(({ guardianId, cause }) => ({
      ...{ personId: guardianId, cause },
    })),
  });
  return result.ok ? { __typename: 'MessageSent', sent: result.value } : toRefusal(result.refusal);
};
