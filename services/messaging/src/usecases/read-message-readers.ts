import { about } from '@ranselpost/kit/answer';
import type { GuardLevel } from '@ranselpost/kit/guard';
import type { Actor } from '@ranselpost/kit/pure/actor';
import {
  type StaffRole,
  type UnitKind,
  areThere,
  familiesOf,
  personsOf,
  rolesAddressed,
  rolesInMailbox,
  rolesThatRead,
} from '../domain/audience.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import { addressees } from '../domain/out-of-office.ts';
import { mayStartThread } from '../domain/policy.ts';
import * as audiences from '../store/audience.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { type StaffReached, withRoles } from './read-answer-readers.ts';

/** Who will be able to read what is written of some children at a unit. */
export interface MessageReaders {
  readonly unitKind: UnitKind;
  readonly guardLevel: GuardLevel;
  readonly addressed: readonly StaffReached[];
  /** Whom it is written to where the whole group is (M27). */
  readonly inMailbox: readonly StaffReached[];
  /** Each guardian of all of the children, and whether they are whoever asks. */
  readonly guardians: readonly { readonly personId: string; readonly isWriter: boolean }[];
}

/** Who will be able to read, before anything is sent (MSG-02). Nobody who may not be shown is counted (ADR-19). */
export function readMessageReaders(
  deps: Deps,
  actor: Actor,
  where: { readonly childIds: readonly string[]; readonly unitId: string },
): Promise<MessageReaders | null> {
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadMailFacts(deps, tx, actor, [where]);
    mayStartThread(actor, facts, where);
    const audience = await audiences.load(tx, where.childIds, where.unitId);
    const { unitKind } = audience;
    const reached = (roles: readonly StaffRole[]): readonly StaffReached[] => {
      const some = personsOf(roles);
      const told =
        actor.kind === 'staff'
          ? some.map((personId) => ({ personId, away: null, standsInFor: null }))
          : addressees(audience, some, where.childIds, facts.today);
      return withRoles(told, rolesThatRead(audience, where.childIds, facts.today));
    };
    const readers: MessageReaders | null =
      // A unit that a child is not at is none, whether there is one or not (ADR-04).
      unitKind === null || !areThere(audience, where.childIds, facts.today)
        ? null
        : {
            unitKind,
            guardLevel: guardLevelAt([unitKind], deps.guardLevels),
            addressed: reached(rolesAddressed(audience, where.childIds, facts.today)),
            inMailbox: reached(rolesInMailbox(audience, where.childIds, facts.today)),
            guardians: [
              ...new Set(familiesOf(audience, where.childIds).flatMap(({ guardianIds }) => guardianIds)),
            ]
              .filter((personId) =>
                familiesOf(audience, where.childIds).every(({ guardianIds }) =>
                  guardianIds.includes(personId),
                ),
              )
              .map((personId) => ({
                personId,
                isWriter: actor.kind === 'guardian' && actor.personId === personId,
              })),
          };
    return about(actor.kind === 'staff' && readers !== null ? mailReads(actor, facts, [where]) : [], readers);
  });
}
