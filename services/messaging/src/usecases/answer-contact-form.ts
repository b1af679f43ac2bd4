import { aboutNobody } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { type AnswerRefusal, type ContactForm, decideAnswered } from '../domain/contact-form.ts';
import { mayAnswerFor } from '../domain/safety-concern.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';
import { loadDeskFacts } from './read-safety-concerns.ts';

/**
 * The unit's leader says that a form has been answered, and by which number of the archive (M23). The answer itself goes from the
 * archive, by SvarUt or on paper: nothing of it is here. Its sender is told that something waits, and reads the number here.
 */
export const answerContactForm = (
  deps: Deps,
  actor: Actor,
  { formId, reference }: { readonly formId: string; readonly reference: string },
): Promise<Result<ContactForm, AnswerRefusal>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const found = await forms.byId(tx, formId);
      const facts = await loadDeskFacts(deps, tx, actor);
      if (found === null || !isPerson(actor) || !mayAnswerFor(actor, facts, found))
        throw new AppError('NOT_FOUND');
      return { personId: actor.personId, decision: decideAnswered(found, reference) };
    },
    async (tx, { personId, decision }) => {
      if (!decision.ok) return aboutNobody<Result<ContactForm, AnswerRefusal>>(decision);
      if (decision.value.isNew) {
        const { isNew, senderId } = await forms.answer(tx, { formId, reference, by: personId });
        // Of two at once the later finds what the earlier said.
        if (!isNew) {
          const known = (await forms.byId(tx, formId))!;
          return aboutNobody<Result<ContactForm, AnswerRefusal>>(
            known.answerReference === reference ? accept(known) : refuse({ kind: 'answered-otherwise' }),
          );
        }
        if (senderId !== null)
          await tell(tx, noticeDueV1, {
            ...{ noticeId: deps.newId(), category: 'MESSAGE', importance: 'ORDINARY', unitId: null },
            recipients: [{ personId: senderId, capacity: 'guardian' as const, childIds: [] }],
            ...{ subjectId: formId, occurredAt: deps.now().toISOString() },
          });
      }
      return aboutNobody<Result<ContactForm, AnswerRefusal>>(accept((await forms.byId(tx, formId))!));
    },
  );
