import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type StaffRole, rolesThatRead } from '../domain/audience.ts';
import { type Addressee, addressees, staffAnswered } from '../domain/out-of-office.ts';
import { maySeeThread } from '../domain/policy.ts';
import * as audiences from '../store/audience.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** Somebody to whom something is written, with the role by which they read it. */
export type StaffReached = Addressee & Pick<StaffRole, 'role'>;

export const withRoles = (
  reached: readonly Addressee[],
  readers: readonly StaffRole[],
): readonly StaffReached[] =>
  reached.flatMap((one) => {
    const role = readers.find(({ personId }) => personId === one.personId)?.role;
    return role === undefined ? [] : [{ ...one, role }];
  });

/** To whom of the staff an answer from home in some threads goes today, and who of them is away (M05, M24). */
export const readAnswerReaders = (
  deps: Deps,
  actor: Actor,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StaffReached[]>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await threads.byIds(tx, threadIds);
    const facts = await loadMailFacts(deps, tx, actor, found);
    const shown = found.filter((thread) => maySeeThread(actor, facts, thread));
    const reached = new Map<string, readonly StaffReached[]>();
    // In what another system had, nobody answers (MSG-21).
    const here = shown.filter(({ onlyStaffIds }) => onlyStaffIds === null);
    for (const [unitId, some] of Map.groupBy(here, (one) => one.unitId)) {
      const children = [...new Set(some.flatMap(({ childIds }) => childIds))];
      const audience = await audiences.load(tx, children, unitId);
      for (const thread of some) {
        const personIds = staffAnswered(thread, audience, facts.today);
        reached.set(
          thread.id,
          withRoles(
            addressees(audience, personIds, thread.childIds, facts.today),
            rolesThatRead(audience, thread.childIds, facts.today),
          ),
        );
      }
    }
    return about(mailReads(actor, facts, shown), reached);
  });
