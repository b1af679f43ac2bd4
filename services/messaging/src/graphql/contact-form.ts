import { toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { AnswerRefusal, ContactForm, FormRefusal } from '../domain/contact-form.ts';
import { answerContactForm } from '../usecases/answer-contact-form.ts';
import { readContactForms, readUnitContactForms } from '../usecases/read-contact-forms.ts';
import { sendContactForm } from '../usecases/send-contact-form.ts';
import type {
  ContactFormRefused,
  ContactForm as ShownForm,
  MutationResolvers,
  QueryResolvers,
  RefusalCode,
} from './generated/types.ts';
import { readAboutStaff, readFileIds, readKey, readListPage, readOwnChildIds, readUnitId } from './inputs.ts';
import { textOf } from './refusal-texts.ts';

const toForm = ({
  id,
  unitId,
  receivedAt,
  fileCount,
  refusedFileCount,
  filedAt,
  caseNumber,
  answeredAt,
  answerReference,
}: ContactForm): ShownForm => ({
  ...{ id, unit: { id: unitId }, receivedAt: receivedAt.toISOString(), caseNumber },
  ...{ fileCount, refusedFileCount },
  status: answeredAt !== null ? 'ANSWERED' : filedAt === null ? 'RECEIVED' : 'FILED',
  filedAt: filedAt?.toISOString() ?? null,
  answeredAt: answeredAt?.toISOString() ?? null,
  answerReference,
});

const codes: Readonly<Record<(FormRefusal | AnswerRefusal)['kind'], RefusalCode>> = {
  'reference-invalid': 'CONTACT_FORM_REFERENCE_INVALID',
  'not-filed': 'CONTACT_FORM_NOT_FILED',
  'answered-otherwise': 'CONTACT_FORM_ANSWERED_OTHERWISE',
  'text-empty': 'CONTACT_FORM_EMPTY',
  'text-too-long': 'CONTACT_FORM_TOO_LONG',
  'too-many': 'CONTACT_FORM_TOO_MANY',
  'attachment-gone': 'ATTACHMENT_GONE',
  'attachment-refused': 'ATTACHMENT_REFUSED',
  'attachments-too-many': 'ATTACHMENTS_TOO_MANY',
  'attachments-too-large': 'ATTACHMENTS_TOO_LARGE',
};

const toRefused = ({
  kind,
}: FormRefusal | AnswerRefusal): ContactFormRefused & { __typename: 'ContactFormRefused' } => ({
  __typename: 'ContactFormRefused',
  code: codes[kind],
  message: textOf(codes[kind]),
});

export const contactFormQueries = {
  contactForms: async (_parent, page, { deps, actor }) => {
    const { first, after } = readListPage(page);
    const forms = await readContactForms(deps, actor, { first, after });
    return toPage(forms.map(toForm), first, after, ({ id }) => id);
  },
  unitContactForms: async (_parent, { unitId, ...page }, { deps, actor }) => {
    const { first, after } = readListPage(page);
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const forms = await readUnitContactForms(deps, actor, { unitId, first, after });
    return toPage(forms.map(toForm), first, after, ({ id }) => id);
  },
} satisfies Partial<QueryResolvers>;

export const contactFormMutations = {
  sendContactForm: async (_parent, { input }, { deps, actor }) => {
    const { about = '', senderName = '', subject = '', text } = input;
    const childIds = readOwnChildIds(input.childIds);
    const result = await sendContactForm(deps, actor, {
      ...{ unitId: readUnitId(input.unitId), childIds, about, senderName, subject, text },
      aboutStaff: readAboutStaff(input.aboutStaff),
      ...{ attachmentIds: readFileIds(input.attachmentIds), idempotencyKey: readKey(input.idempotencyKey) },
    });
    return result.ok
      ? { __typename: 'ContactFormReceived', form: toForm(result.value) }
      : toRefused(result.refusal);
  },
  answerContactForm: async (_parent, { input: { formId, reference } }, { deps, actor }) => {
    if (!isId(formId)) throw new AppError('NOT_FOUND');
    const result = await answerContactForm(deps, actor, { formId, reference });
    return result.ok
      ? { __typename: 'ContactFormAnswered', form: toForm(result.value) }
      : toRefused(result.refusal);
  },
} satisfies Partial<MutationResolvers>;
