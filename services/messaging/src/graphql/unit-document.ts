import { toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Result } from '@ranselpost/kit/pure/result';
import type { DocumentRefusal } from '../domain/unit-document.ts';
import {
  publishUnitDocument as publish,
  reviseUnitDocument as revise,
  withdrawUnitDocument as withdraw,
} from '../usecases/publish-unit-document.ts';
import { type ShownDocument, readUnitDocuments } from '../usecases/read-unit-documents.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  ResolversTypes,
  UnitDocumentResolvers,
  UnitDocumentVersionResolvers,
} from './generated/types.ts';
import { readIdOf, readGroups, readKey, readWantedFiles } from './inputs.ts';
import { readPageById } from './meeting.ts';
import { said, toTextRefusal } from './text-refusals.ts';

function toResult(
  result: Result<ShownDocument, DocumentRefusal>,
): Awaited<ResolversTypes['PublishUnitDocumentResult']> {
  if (result.ok) return { __typename: 'UnitDocumentPublished', document: result.value };
  const { refusal } = result;
  switch (refusal.kind) {
    case 'feature-closed':
      return toFeatureClosed(refusal);
    case 'versions-too-many':
      return { __typename: 'UnitDocumentRefused', ...said('UNIT_DOCUMENT_VERSIONS_TOO_MANY') };
    default:
      return toTextRefusal(refusal);
  }
}

export const unitDocumentQueries = {
  unitDocument: async (_parent, { id }, { documents }) => {
    const found = isId(id) ? await documents.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  unitDocuments: async (_parent, { unitId, category, ...page }, { deps, actor }) => {
    const { first, after } = readPageById(page);
    const wanted = { unitId: readIdOf(unitId), category: category ?? null, first, after };
    const list = await readUnitDocuments(deps, actor, wanted);
    if (list === null) throw new AppError('NOT_FOUND');
    return toPage(list, first, after, ({ id }) => id);
  },
} satisfies Partial<QueryResolvers>;

export const unitDocumentMutations = {
  publishUnitDocument: async (_parent, { input }, { deps, actor }) => {
    const { title, body, isReread, files, validFrom, category, idempotencyKey } = input;
    const unitId = readIdOf(input.unitId);
    const result = await publish(deps, actor, {
      ...{ unitId, category, places: readGroups(unitId, input.groupIds) },
      ...{ text: { title, body: body ?? '' }, isReread: isReread ?? false, files: readWantedFiles(files) },
      validFrom: validFrom ?? localDateAt(deps.now()),
      idempotencyKey: readKey(idempotencyKey),
    });
    return toResult(result);
  },
  reviseUnitDocument: async (_parent, { input }, { deps, actor }) => {
    const { documentId, title, body, isReread, files, validFrom, idempotencyKey } = input;
    const result = await revise(deps, actor, {
      documentId: readIdOf(documentId),
      ...{ text: { title, body: body ?? '' }, isReread: isReread ?? false, files: readWantedFiles(files) },
      validFrom: validFrom ?? localDateAt(deps.now()),
      idempotencyKey: readKey(idempotencyKey),
    });
    return toResult(result);
  },
  withdrawUnitDocument: async (_parent, { input: { documentId, versionId } }, { deps, actor }) => {
    const { left } = await withdraw(deps, actor, {
      documentId: readIdOf(documentId),
      versionId: versionId == null ? null : readIdOf(versionId),
    });
    return { __typename: 'UnitDocumentWithdrawn', versionsLeft: left };
  },
} satisfies Partial<MutationResolvers>;

export const unitDocument: Required<Pick<UnitDocumentResolvers, 'unit'>> = {
  unit: ({ unitId }) => ({ id: unitId }),
};

export const unitDocumentVersion: Required<
  Pick<UnitDocumentVersionResolvers, 'title' | 'body' | 'publishedAt' | 'attachments'>
> = {
  title: ({ text }) => text.title,
  body: ({ text }) => text.body,
  publishedAt: ({ publishedAt }) => publishedAt.toISOString(),
  attachments: ({ id }, _arguments, { bulletinAttachments }) => bulletinAttachments.load(id),
};
