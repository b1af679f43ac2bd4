import { about } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRelease } from '../domain/policy.ts';
import { type ReleaseRefusal, decideRelease } from '../domain/release.ts';
import type { Message } from '../domain/thread.ts';
import * as audiences from '../store/audience.ts';
import * as messages from '../store/messages.ts';
import * as threads from '../store/threads.ts';
import { deliver } from './deliver.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** What is let go beside the message itself. */
export interface Letting {
  /** That its readers are told of it outside the portal too. */
  readonly withNotice: boolean;
}

/** Lets a held message go home, once and for all its readers (S-08); the notice of it stays held unless that is let go by name. */
export const releaseMessage = (
  deps: Deps,
  actor: Actor,
  messageId: string,
  letting: Letting = { withNotice: false },
): Promise<Result<Message, ReleaseRefusal>> => twice(() => release(deps, actor, messageId, letting));

const release = (
  deps: Deps,
  actor: Actor,
  messageId: string,
  { withNotice }: Letting,
): Promise<Result<Message, ReleaseRefusal>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const [message] = await messages.byIds(tx, [messageId]);
      const facts = await loadMailFacts(deps, tx, actor, message === undefined ? [] : [message]);
      mayRelease(actor, facts, message);
      const [thread] = await threads.byIds(tx, [message!.threadId]);
      if (thread === undefined) throw new AppError('NOT_FOUND');
      const audience = await audiences.guardians(tx, thread.childIds);
      const features = await loadFeature(tx, 'MESSAGING', facts, [thread.unitId]);
      const decision = decideRelease(message!, thread, { releasedBy: actor.personId, audience, features });
      return { decision, thread, reads: mailReads(actor, facts, [message!]) };
    },
    async (tx, { decision, thread, reads }) => {
      const answer = about<Result<Message, ReleaseRefusal>>(reads, decision);
      if (!decision.ok) return answer;
      if (!(await messages.release(tx, decision.value.id)))
        throw new AppError('CONFLICT', 'it has been released at the same time');
      const told = thread.addressedStaffIds.map((personId) => ({ personId, away: null }));
      await deliver(tx, decision.value, told, { isReleased: withNotice });
      return answer;
    },
  );
