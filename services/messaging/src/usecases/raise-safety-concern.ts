import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { personsOf } from '../domain/audience.ts';
import { mayMoveToCase } from '../domain/policy.ts';
import { type PutAwayRefusal, decideReport } from '../domain/put-away.ts';
import { type AboutStaff, mayName, nameLeaders } from '../domain/safety-concern.ts';
import * as audiences from '../store/audience.ts';
import * as messages from '../store/messages.ts';
import * as concerns from '../store/safety-concerns.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts } from './look.ts';
import { addressAt, raiseConcern } from './raise-concern.ts';
import { sealMessageForArchive, sha256 } from './seal-for-archive.ts';

export interface Report {
  readonly messageId: string;
  readonly aboutStaff: AboutStaff;
  /** The same under the same key is the same. */
  readonly idempotencyKey: string;
}

/**
 * One for all that is said under a key: what differs is another report, and never answered by the receipt of this one (S-20). As a
 * digest, so that neither the message nor anybody can be told from it.
 */
const toKey = ({ idempotencyKey, messageId, aboutStaff: { isLeader, personIds } }: Report): string =>
  sha256(JSON.stringify([idempotencyKey, messageId.toLowerCase(), isLeader, personIds.toSorted()]));

type Outcome = Result<{ readonly raisedAt: Date }, PutAwayRefusal>;

/**
 * Staff tell whoever leads the school of what they have read, as all who work there have to (SKM-01): the message is sealed for the
 * archive, and stays where it is. Nothing that anybody reads here becomes another by it (SKM-05). Who works after school tells the
 * leader of the child's school, which is theirs too (oppl. § 1-2).
 */
export const raiseSafetyConcern = (deps: Deps, actor: Actor, report: Report): Promise<Outcome> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const { messageId, aboutStaff } = report;
      const [message] = await messages.byIds(tx, [messageId]);
      const facts = await loadMailFacts(deps, tx, actor, message === undefined ? [] : [message]);
      mayMoveToCase(actor, facts, message);
      const { childIds, unitId } = message!;
      if (aboutStaff.personIds.length > 0)
        mayName(aboutStaff, personsOf((await audiences.load(tx, childIds, unitId)).staff));
      const [thread] = await threads.byIds(tx, [message!.threadId]);
      return {
        ...{ said: message!, subject: thread?.subject ?? '', outcome: decideReport(message!) },
        ...{ by: actor.personId, isProtected: childIds.some((childId) => isProtected(facts, childId)) },
      };
    },
    async (tx, { said, subject, outcome, by, ...found }) => {
      if (!outcome.ok) return aboutNobody<Outcome>(outcome);
      const { isNew, raisedAt } = await concerns.noteReport(tx, by, toKey(report));
      if (!isNew) return aboutNobody<Outcome>(accept({ raisedAt }));
      const { body, authorId, authorAs, childIds, sentAt } = said;
      const { leaderIds } = await concerns.desk(tx, said.unitId);
      for (const unitId of await concerns.schoolsOf(tx, childIds, said.unitId)) {
        const aboutStaff =
          unitId === said.unitId ? report.aboutStaff : nameLeaders(report.aboutStaff, leaderIds);
        const addressed = await addressAt(tx, unitId, aboutStaff);
        const entryId = await sealMessageForArchive(tx, deps, {
          // Its files stay with it, and go when it is moved.
          ...{ id: said.id, files: [], body: body ?? '', subject, authorId, childIds },
          aboutStaff,
          direction: authorAs === 'guardian' ? 'IN' : 'INTERNAL',
          ...{ caseId: deps.newId(), at: sentAt, isProtected: found.isProtected },
          unitId: addressed.isPastLeaders ? null : unitId,
        });
        await raiseConcern(tx, deps, {
          ...{ entryId, unitId, at: raisedAt, cause: 'STAFF_REPORT' },
          ...{ about: aboutStaff, addressed },
        });
      }
      return aboutNobody<Outcome>(accept({ raisedAt }));
    },
  );
