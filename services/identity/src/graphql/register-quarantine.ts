import { toPage } from '@ranselpost/kit/connection';
import { type QuarantineDecision, decideQuarantine, readQuarantines } from '../usecases/decide-quarantine.ts';
import { readPlaced } from './case.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers, QueryResolvers, RegisterQuarantineResolvers } from './generated/types.ts';

export const registerQuarantines: NonNullable<QueryResolvers['registerQuarantines']> = async (
  _parent,
  page,
  { deps, actor },
) => {
  const { first, after: before, cursor } = readPlaced(page);
  const found = await readQuarantines(deps, actor, { before, first });
  return toPage(found, first, cursor, ({ openedAt, id }) => `${openedAt}/${id}`);
};

/** So few that a number would be somebody (security § 2). */
const masked = (count: number): number | null => (count > 0 && count < 5 ? null : count);

export const registerQuarantine: Pick<RegisterQuarantineResolvers, 'state' | 'heldGrants' | 'heldChildren'> =
  {
    state: ({ outcome }) => outcome ?? 'OPEN',
    heldGrants: ({ heldGrants }) => masked(heldGrants),
    heldChildren: ({ heldChildren }) => masked(heldChildren),
  };

type Decide = NonNullable<MutationResolvers['releaseRegisterQuarantine']>;

const decide =
  (mutation: string, kind: QuarantineDecision): Decide =>
  async (_parent, { input }, context) => {
    const { quarantineId } = input;
    const asked = toAsked(mutation, input, input.reason);
    return toDecided(
      context,
      await decideQuarantine(context.deps, context.actor, { quarantineId, kind }, asked),
    );
  };

export const releaseRegisterQuarantine = decide('releaseRegisterQuarantine', 'RELEASE_QUARANTINE');
export const refuseRegisterQuarantine = decide('refuseRegisterQuarantine', 'REFUSE_QUARANTINE');
