import { about } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { decisionOpenedV1 } from '@ranselpost/schema/events/placement/decision-opened.v1';
import { appealDeadline } from '../domain/appeal.ts';
import { isOpenToAppeal } from '../domain/decided.ts';
import { offerSightOf } from '../domain/offer-policy.ts';
import * as letters from '../store/decision-letters.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { type ShownDecision, isFor, toShown } from './read-decisions.ts';
import { readOf } from './read-offers.ts';

/** A decision as somebody reads it. */
export interface OpenedDecision {
  readonly decision: ShownDecision;
  readonly text: string;
  /** Null for whom it was not sent to: staff, and who has become a guardian since. */
  readonly complaintUntil: LocalDate | null;
}

/**
 * Opens the letter of a decision, as often as it takes. A guardian's first opening is when it arrived (ADM-03), and nothing is sent to them any more.
 * Staff who work with it read the same, and it arrives by that for nobody.
 */
export const openDecision = (deps: Deps, actor: Actor, id: string): Promise<OpenedDecision> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const letter = await letters.byId(tx, id);
      if (letter === undefined) throw new AppError('NOT_FOUND');
      const facts = await loadApplicationFacts(tx, actor, [letter.childId], deps.now());
      const sight = offerSightOf(actor, facts, letter.childId);
      if (sight === null || !isFor(actor, sight, letter)) throw new AppError('NOT_FOUND');
      const own = sight === 'GUARDIAN' && 'personId' in actor ? letter.own : null;
      return { letter, own, reads: readOf(letter.childId, sight) };
    },
    async (tx, { letter, own, reads }) => {
      const now = deps.now();
      if (own !== null && 'personId' in actor && (await letters.markOpened(tx, own.decisionId, now)))
        await tell(tx, decisionOpenedV1, {
          ...{ decisionId: own.decisionId, personId: actor.personId, openedAt: now.toISOString() },
        });
      const openedAt = own === null ? null : (own.openedAt ?? now);
      return about(reads, {
        ...{ decision: { ...toShown(letter), openedAt }, text: letter.body },
        complaintUntil: isOpenToAppeal(letter.content) ? appealDeadline(openedAt) : null,
      });
    },
  );
