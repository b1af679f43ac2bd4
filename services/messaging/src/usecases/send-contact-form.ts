import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { hintsAtBullying } from '@ranselpost/kit/guard';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import {
  type ContactForm,
  type FormRefusal,
  type WrittenForm,
  decideForm,
  maySendForm,
  toFormEntry,
} from '../domain/contact-form.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';
import { raiseConcern } from './raise-concern.ts';
import { sealForArchive, sha256 } from './seal-for-archive.ts';
import { twice } from './twice.ts';

export interface KeyedForm extends WrittenForm {
  /** The sender's own key: the same form under the same key is the same form. */
  readonly idempotencyKey: string;
}

type Sent = Result<ContactForm, FormRefusal>;

/**
 * Takes a contact form in: sealed, stored and told in one transaction, and only then received (ARK-01, S-20). Nothing of it is
 * kept here that anybody here could read.
 */
export const sendContactForm = (deps: Deps, actor: Actor, form: KeyedForm): Promise<Sent> =>
  twice(() => send(deps, actor, form));

const send = (deps: Deps, actor: Actor, form: KeyedForm): Promise<Sent> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const facts = await loadAccessFacts(tx, actor, form.childIds, localDateAt(deps.now()));
      maySendForm(actor, facts, form);
      const known = await forms.underKey(tx, actor.personId, form.idempotencyKey);
      if (known !== null && known.unitId !== form.unitId)
        throw new AppError('BAD_USER_INPUT', 'the key names another form');
      if (!(await forms.isUnit(tx, form.unitId))) throw new AppError('NOT_FOUND');
      const sentToday = await forms.countToday(tx, actor.personId);
      return {
        known,
        senderId: actor.personId,
        decision: decideForm(form, { sentToday }),
        isProtected: form.childIds.some((childId) => isProtected(facts, childId)),
      };
    },
    async (tx, { known, senderId, decision, ...found }) => {
      if (known !== null) return aboutNobody<Sent>(accept(known));
      if (!decision.ok) return aboutNobody<Sent>(decision);
      const { unitId, childIds, idempotencyKey: key } = form;
      const [id, entryId, at] = [deps.newId(), deps.newId(), deps.now()];
      const place = { entryId, caseId: id, unitId, at, isProtected: found.isProtected, sha256 };
      await sealForArchive(tx, deps, toFormEntry(decision.value, childIds, senderId, place));
      const stored = await forms.insert(tx, { id, entryId, senderId, unitId, key });
      // The same was sent at the same time, and is there at the next look; this transaction leaves nothing.
      if (stored === null) throw new AppError('CONFLICT', 'the same key was used at the same time');
      const { subject, text } = decision.value;
      if (hintsAtBullying(`${subject}\n${text}`))
        await raiseConcern(tx, deps, { entryId, unitId, at, cause: 'CONTACT_FORM' });
      return aboutNobody<Sent>(accept(stored));
    },
  );
