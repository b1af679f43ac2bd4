import type { DraftRefusal } from '../domain/draft.ts';
import type { BulletinFileRefusal } from '../domain/bulletin-file.ts';
import type { GuardRefusal } from '../domain/guarded.ts';
import type { PutAwayRefusal } from '../domain/put-away.ts';
import type { ReleaseRefusal } from '../domain/release.ts';
import type { Refusal } from '../domain/thread.ts';
import type { MessageRefused, RefusalCode } from './generated/types.ts';
import { textOf } from './refusal-texts.ts';

/** Refusals that have more to say have types of their own. */
type Spoken = 'feature-closed' | GuardRefusal['kind'];
type Kind = Exclude<
  Refusal | ReleaseRefusal | PutAwayRefusal | DraftRefusal | BulletinFileRefusal,
  { kind: Spoken }
>['kind'];

const codes: Readonly<Record<Kind, RefusalCode>> = {
  'text-empty': 'MESSAGE_EMPTY',
  'text-too-long': 'MESSAGE_TOO_LONG',
  'child-not-at-unit': 'MESSAGE_CHILD_NOT_AT_UNIT',
  'guardians-differ': 'MESSAGE_GUARDIANS_DIFFER',
  'recipient-gone': 'MESSAGE_RECIPIENT_GONE',
  'cause-missing': 'MESSAGE_CAUSE_MISSING',
  'nobody-left': 'MESSAGE_NOBODY_LEFT',
  'nobody-reads': 'MESSAGE_NOBODY_READS',
  'thread-closed': 'THREAD_CLOSED',
  'not-held': 'MESSAGE_NOT_HELD',
  'own-message': 'MESSAGE_IS_OWN',
  'put-away': 'MESSAGE_PUT_AWAY',
  'withdrawal-late': 'MESSAGE_WITHDRAWAL_LATE',
  'not-received': 'MESSAGE_NOT_RECEIVED',
  'about-staff': 'MESSAGE_ABOUT_STAFF',
  'attachment-gone': 'ATTACHMENT_GONE',
  'attachment-refused': 'ATTACHMENT_REFUSED',
  'attachments-too-many': 'ATTACHMENTS_TOO_MANY',
  'attachments-too-large': 'ATTACHMENTS_TOO_LARGE',
  'drafts-too-many': 'DRAFTS_TOO_MANY',
  'draft-waits': 'DRAFT_WAITS',
  'file-not-declared': 'FILE_NOT_DECLARED',
  'consent-missing': 'CONSENT_MISSING',
};

/** The code of a refusal that was kept by its kind, whenever that was. */
export const codeOf = (kind: string): RefusalCode =>
  kind === 'feature-closed'
    ? 'FEATURE_CLOSED'
    : kind === 'text-diverted'
      ? 'TEXT_DIVERTED'
      : ((codes as Readonly<Record<string, RefusalCode>>)[kind] ?? 'DRAFT_NOT_SENT');

/** A refusal that has nothing to say but why. */
export const toRefused = ({
  kind,
}: {
  readonly kind: Kind;
}): MessageRefused & { __typename: 'MessageRefused' } => ({
  __typename: 'MessageRefused',
  code: codes[kind],
  message: textOf(codes[kind]),
});
