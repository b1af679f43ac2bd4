import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { hintsAtBullying } from '@ranselpost/kit/guard';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Attachment, decideAttachments } from '../domain/attachment.ts';
import {
  type ContactForm,
  type FormRefusal,
  type WrittenForm,
  decideForm,
  maySendForm,
  toFormEntry,
} from '../domain/contact-form.ts';
import * as archiveFiles from '../store/archive-files.ts';
import * as attachments from '../store/attachments.ts';
import { personsOf, rolesThatRead } from '../domain/audience.ts';
import { isAboutStaff, mayName } from '../domain/safety-concern.ts';
import * as audiences from '../store/audience.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';
import { addressAt, raiseConcern } from './raise-concern.ts';
import { sealForArchive, sha256 } from './seal-for-archive.ts';

export interface KeyedForm extends WrittenForm {
  /** The sender's own key: the same form under the same key is the same form. */
  readonly idempotencyKey: string;
}

type Sent = Result<ContactForm, FormRefusal>;

/**
 * Takes a contact form in: sealed, stored and told in one transaction, and only then received (ARK-01, S-20). Nothing of it is
 * kept here that anybody here could read, but its files until they have been looked at: they are sealed then, and it is told.
 */
export const sendContactForm = (deps: Deps, actor: Actor, form: KeyedForm): Promise<Sent> =>
  twice(() => send(deps, actor, form));

const send = (deps: Deps, actor: Actor, form: KeyedForm): Promise<Sent> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const facts = await loadAccessFacts(tx, actor, form.childIds, localDateAt(deps.now()));
      maySendForm(actor, facts, form);
      mayName(form.aboutStaff, await readersOf(tx, form, facts.today));
      // Before the key: whatever took the files along under it is found by the key then (S-22).
      const found = await attachments.byIds(tx, form.attachmentIds);
      const known = await forms.underKey(tx, actor.personId, form.idempotencyKey);
      if (known !== null && known.unitId !== form.unitId)
        throw new AppError('BAD_USER_INPUT', 'the key names another form');
      if (!(await forms.isUnit(tx, form.unitId))) throw new AppError('NOT_FOUND');
      const sentToday = await forms.countToday(tx, actor.personId);
      return {
        known,
        senderId: actor.personId,
        decision: decideForm(form, { sentToday }),
        files: decideAttachments(form.attachmentIds, found, actor),
        isProtected: form.childIds.some((childId) => isProtected(facts, childId)),
      };
    },
    async (tx, { known, senderId, decision, files, ...found }) => {
      if (known !== null) return aboutNobody<Sent>(accept(known));
      if (!decision.ok) return aboutNobody<Sent>(decision);
      if (!files.ok) return aboutNobody<Sent>(files);
      const names = files.value.map(({ name }) => name);
      const { unitId, childIds, idempotencyKey: key } = form;
      const [id, entryId, at] = [deps.newId(), deps.newId(), deps.now()];
      const about = form.aboutStaff;
      const addressed = await addressAt(tx, unitId, about);
      const place = {
        ...{ entryId, caseId: id, at, isProtected: found.isProtected, sha256 },
        unitId: addressed.isPastLeaders ? null : unitId,
      };
      const entry = toFormEntry(decision.value, childIds, senderId, names, place);
      await sealForArchive(tx, deps, entry, { hasFiles: names.length > 0 });
      if (names.length > 0) await bringFiles(tx, entryId, senderId, files.value);
      const stored = await forms.insert(tx, { id, entryId, senderId, unitId, key });
      // The same was sent at the same time, and is there at the next look; this transaction leaves nothing.
      if (stored === null) throw new AppError('CONFLICT', 'the same key was used at the same time');
      const { subject, text } = decision.value;
      if (isAboutStaff(about) || hintsAtBullying(`${subject}\n${text}`))
        await raiseConcern(tx, deps, { entryId, unitId, at, cause: 'CONTACT_FORM', about, addressed });
      return aboutNobody<Sent>(accept(stored));
    },
  );

/** What has gone with something else at the same time, or was refused, is not there any more at the next look. */
async function bringFiles(
  tx: Tx,
  entryId: string,
  senderId: string,
  files: readonly Pick<Attachment, 'id'>[],
): Promise<void> {
  const ids = files.map(({ id }) => id);
  if ((await archiveFiles.bringOfSender(tx, entryId, senderId, ids)) < ids.length)
    throw new AppError('CONFLICT', 'a file went with something else at the same time');
}

/** Whom of a unit's staff a sender sees: who would read what they wrote of these children of theirs (M05). */
const readersOf = async (
  tx: Tx,
  { childIds, unitId, aboutStaff }: WrittenForm,
  today: LocalDate,
): Promise<readonly string[]> =>
  aboutStaff.personIds.length === 0 || childIds.length === 0
    ? []
    : personsOf(rolesThatRead(await audiences.load(tx, childIds, unitId), childIds, today));
