import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { AnswerRefusal, ContactForm, FormRefusal, SafetyConcern } from '../domain/contact-form.ts';
import { answerContactForm } from '../usecases/answer-contact-form.ts';
import {
  readContactForms,
  readSafetyConcerns,
  readUnitContactForms,
} from '../usecases/read-contact-forms.ts';
import { sendContactForm } from '../usecases/send-contact-form.ts';
import { takeOnSafetyConcern } from '../usecases/take-on-safety-concern.ts';
import type {
  ContactFormRefused,
  ContactForm as ShownForm,
  MutationResolvers,
  QueryResolvers,
  RefusalCode,
  SafetyConcern as ShownConcern,
} from './generated/types.ts';
import { readFileIds, readKey, readOwnChildIds, readUnitId } from './inputs.ts';
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

const toConcern = ({ id, unitId, cause, raisedAt, takenOnAt, caseNumber }: SafetyConcern): ShownConcern => ({
  ...{ id, unit: { id: unitId }, cause, raisedAt: raisedAt.toISOString(), caseNumber },
  takenOnAt: takenOnAt?.toISOString() ?? null,
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

/** Where a page of these lists goes on: the id that the one before ended with. */
function readListPage(page: Parameters<typeof readPage>[0]): { first: number; after: string | null } {
  const { first, after } = readPage(page);
  if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { first, after };
}

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
  safetyConcerns: async (_parent, { unitId, ...page }, { deps, actor }) => {
    const { first, after } = readListPage(page);
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const concerns = await readSafetyConcerns(deps, actor, { unitId, first, after });
    return toPage(concerns.map(toConcern), first, after, ({ id }) => id);
  },
} satisfies Partial<QueryResolvers>;

export const contactFormMutations = {
  sendContactForm: async (_parent, { input }, { deps, actor }) => {
    const { about = '', senderName = '', subject = '', text } = input;
    const childIds = readOwnChildIds(input.childIds);
    const result = await sendContactForm(deps, actor, {
      ...{ unitId: readUnitId(input.unitId), childIds, about, senderName, subject, text },
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
  takeOnSafetyConcern: async (_parent, { input: { concernId } }, { deps, actor }) => {
    if (!isId(concernId)) throw new AppError('NOT_FOUND');
    const taken = await takeOnSafetyConcern(deps, actor, concernId);
    return { __typename: 'SafetyConcernTakenOn', concern: toConcern(taken) };
  },
} satisfies Partial<MutationResolvers>;
