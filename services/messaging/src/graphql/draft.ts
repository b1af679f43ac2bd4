import { readPage, toPage } from '@ranselpost/kit/connection';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';

import { deleteDraft } from '../usecases/delete-draft.ts';
import { keptUntilOf, readDraft, readDrafts } from '../usecases/read-drafts.ts';
import { type WantedAim, saveDraft } from '../usecases/save-draft.ts';
import { type SendDraftRefusal, sendDraft } from '../usecases/send-draft.ts';
import { unscheduleDraft } from '../usecases/unschedule-draft.ts';
import { readAudience } from './broadcast.ts';
import type {
  DraftResolvers,
  MutationResolvers,
  QueryResolvers,
  ResolversTypes,
  SaveDraftInput,
} from './generated/types.ts';
import { readChildIds, readFileIds, readFor, readGuarding, readKey, readUnitId } from './inputs.ts';
import { listKey, readListPlace } from './place.ts';
import { codeOf } from './refusals.ts';
import { toBroadcastRefusal } from './send-broadcast.ts';
import { said, toDraftRefusal, toRefusal } from './text-refusals.ts';
import type { Context } from './types.ts';

const readId = (id: string): string => {
  if (!isId(id)) throw new AppError('NOT_FOUND');
  return id;
};

const readPersons = (ids: readonly string[] | undefined, isOpen: boolean): readonly string[] => {
  const list = readFor(ids, isOpen);
  if (!list.every(isId)) throw new AppError('BAD_USER_INPUT', 'somebody by what is no id');
  return list;
};

/** What a draft is to be. What is no id is nothing that could be written to. */
function readAim({ answer, thread, broadcast }: SaveDraftInput, { kind }: Actor): WantedAim {
  const [only, ...more] = [answer, thread, broadcast].filter((one) => one !== null && one !== undefined);
  if (only === undefined || more.length > 0)
    throw new AppError('BAD_USER_INPUT', 'exactly one of answer, thread and broadcast');
  const isGuardian = kind === 'guardian';
  if (answer)
    return {
      ...{ kind: 'ANSWER', answersId: readId(answer.messageId) },
      alsoGuardianIds: readPersons(answer.alsoGuardianIds, isGuardian),
    };
  if (thread)
    return {
      ...{ kind: 'THREAD', childIds: readChildIds(thread.childIds), unitId: readUnitId(thread.unitId) },
      alsoGuardianIds: readPersons(thread.alsoGuardianIds, isGuardian),
      toMailbox: thread.toMailbox ?? false,
      alsoStaffIds: readPersons(thread.alsoStaffIds, true),
      leaveOut: readFor(thread.leaveOut, kind === 'staff').map(({ guardianId, cause }) => ({
        personId: readPersons([guardianId], true)[0]!,
        cause,
      })),
    };
  return {
    kind: 'BROADCAST',
    ...readAudience(broadcast!.audience),
    urgentReason: broadcast!.urgent ?? null,
  };
}

/** Why a draft is not sent, and does not wait. */
function toSendRefusal(
  refusal: SendDraftRefusal,
): Exclude<
  Awaited<ResolversTypes['SendDraftResult']>,
  { __typename: 'MessageSent' | 'DraftScheduled' | 'BroadcastStored' }
> {
  switch (refusal.kind) {
    case 'send-time-past':
    case 'send-time-too-far':
      return {
        ...{ __typename: 'SendTimeRefused' },
        ...said(refusal.kind === 'send-time-past' ? 'SEND_TIME_PAST' : 'SEND_TIME_TOO_FAR'),
        ...{ earliest: refusal.earliest.toISOString(), latest: refusal.latest.toISOString() },
      };
    case 'time-past':
    case 'urgent-not-permitted':
    case 'nobody':
    case 'not-confirmed':
      return toBroadcastRefusal(refusal);
    default:
      return toRefusal(refusal);
  }
}

export const draftQueries = {
  draft: async (_parent, { id }, { deps, actor }) => {
    const found = isId(id) ? await readDraft(deps, actor, id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  drafts: async (_parent, page, { deps, actor }) => {
    const { first, after } = readPage(page);
    const found = await readDrafts(deps, actor, { first, after: readListPlace(after) });
    return toPage(found, first, after, ({ changedAt, id }) => listKey(changedAt, id));
  },
} satisfies Partial<QueryResolvers>;

export const draftMutations = {
  saveDraft: async (_parent, { input }, { deps, actor }) => {
    const { draftId = null, subject = '', text: body } = input;
    const result = await saveDraft(deps, actor, {
      ...{ draftId: draftId === null ? null : readId(draftId), aim: readAim(input, actor), subject, body },
      ...{ knownNames: readGuarding(input).knownNames, idempotencyKey: readKey(input.idempotencyKey) },
    });
    if (!result.ok) return toDraftRefusal(result.refusal);
    return { __typename: 'DraftSaved', saved: result.value };
  },
  deleteDraft: async (_parent, { input }, { deps, actor }) => ({
    id: await deleteDraft(deps, actor, readId(input.draftId)),
  }),
  sendDraft: async (_parent, { input }, { deps, actor }) => {
    const { sendAt, confirmation = null } = input;
    const result = await sendDraft(deps, actor, readId(input.draftId), {
      ...{ ...readGuarding(input), confirmation, attachmentIds: readFileIds(input.attachmentIds) },
      sendAt: sendAt === null || sendAt === undefined ? null : new Date(sendAt),
    });
    if (!result.ok) return toSendRefusal(result.refusal);
    switch (result.value.kind) {
      case 'sent':
        return { __typename: 'MessageSent', sent: result.value.message };
      case 'waits':
        return { __typename: 'DraftScheduled', scheduled: result.value.draft };
      case 'stored':
        return {
          __typename: 'BroadcastStored',
          broadcast: { ...result.value.broadcast, sending: { readerCount: null } },
        };
    }
  },
  unscheduleDraft: async (_parent, { input }, { deps, actor }) => ({
    unscheduled: await unscheduleDraft(deps, actor, readId(input.draftId)),
  }),
} satisfies Partial<MutationResolvers>;

type Fields = Exclude<keyof DraftResolvers, 'id' | '__isTypeOf'>;

export const draft: Required<Pick<DraftResolvers<Context>, Fields>> = {
  kind: ({ aim }) => aim.kind,
  unit: ({ aim }) => ({ id: aim.kind === 'BROADCAST' ? aim.places[0]!.unitId : aim.unitId }),
  children: ({ aim }) => (aim.kind === 'BROADCAST' ? [] : aim.childIds.map((id) => ({ id }))),
  answers: ({ aim }, _arguments, { messages }) =>
    aim.kind === 'ANSWER' ? messages.load(aim.answersId) : null,
  subject: ({ subject }) => subject,
  text: ({ body }) => body,
  alsoGuardians: ({ aim }) => (aim.kind === 'BROADCAST' ? [] : aim.alsoGuardianIds.map((id) => ({ id }))),
  alsoStaff: ({ aim }) => (aim.kind === 'THREAD' ? aim.alsoStaffIds.map((id) => ({ id })) : []),
  toMailbox: ({ aim }) => aim.kind === 'THREAD' && aim.toMailbox,
  leaveOut: ({ aim }) =>
    aim.kind === 'THREAD'
      ? aim.leaveOut.map(({ personId, cause }) => ({ guardian: { id: personId }, cause }))
      : [],
  broadcast: ({ aim }) =>
    aim.kind === 'BROADCAST'
      ? {
          places: aim.places.map((place) => ({ ...place, recipientCount: null })),
          ...{ children: aim.isStarting ? 'STARTING_SOON' : 'ENROLLED', urgent: aim.urgentReason },
        }
      : null,
  attachments: async ({ attachmentIds }, _arguments, { attachments }) =>
    (await Promise.all(attachmentIds.map((id) => attachments.load(id)))).filter((file) => file !== null),
  changedAt: ({ changedAt }) => changedAt.toISOString(),
  keptUntil: (one, _arguments, { deps }) => keptUntilOf(deps, one)?.toISOString() ?? null,
  sendAt: ({ sendAt }) => sendAt?.toISOString() ?? null,
  notSentBecause: ({ notSent }) => (notSent === null ? null : codeOf(notSent)),
};
