import type { FilePart } from '@ranselpost/kit/files/files';
import { isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { addClaimDocument } from '../usecases/add-claim-document.ts';
import { removeClaimDocument } from '../usecases/remove-claim-document.ts';
import type { ShownDocument } from '../usecases/read-claim-documents.ts';
import { shownClaim } from './claim.ts';
import type { Context } from './context.ts';
import type {
  FileRefusalCode,
  MutationResolvers,
  PlacementClaimDocumentResolvers,
  PlacementClaimResolvers,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

const linkTo = (
  { id, state }: ShownDocument,
  part: FilePart,
  { actor, deps: { links, now } }: Context,
): string | null =>
  state === 'READY' && isPerson(actor) ? `/documents/${links.make(actor, { id, part }, now())}` : null;

type Fields = 'refusal' | 'receivedAt' | 'downloadUrl' | 'thumbnailUrl';
export const claimDocument: Required<Pick<PlacementClaimDocumentResolvers<Context>, Fields>> = {
  // What is kept is one of the codes: nothing else is ever written there.
  refusal: ({ refusal }) => refusal as FileRefusalCode | null,
  receivedAt: ({ receivedAt }) => receivedAt?.toISOString() ?? null,
  downloadUrl: (document, _args, context) => linkTo(document, 'whole', context),
  thumbnailUrl: (document, _args, context) =>
    document.mediaType.startsWith('image/') ? linkTo(document, 'thumbnail', context) : null,
};

export const documentsOfClaim: Required<Pick<PlacementClaimResolvers<Context>, 'documents'>> = {
  documents: ({ id }, _args, { claimDocuments }) => claimDocuments.load(id),
};

type Change = 'addPlacementClaimDocument' | 'removePlacementClaimDocument';
export const claimDocumentMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  removePlacementClaimDocument: async (_parent, { input: { claimId, documentId } }, context) => {
    const { deps, actor, claims, claimDocuments } = context;
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    if (!isId(documentId)) return { __typename: 'PlacementClaimRefused', ...said('ATTACHMENT_GONE') };
    const result = await removeClaimDocument(deps, actor, { claimId, documentId });
    if (!result.ok) return { __typename: 'PlacementClaimRefused', ...said(result.refusal.kind) };
    claims.clear(claimId);
    claimDocuments.clear(claimId);
    return { __typename: 'PlacementClaimDocumentRemoved', claim: await shownClaim({ claims }, claimId) };
  },
  addPlacementClaimDocument: async (_parent, { input: { claimId, documentId } }, context) => {
    const { deps, actor, claims, claimDocuments } = context;
    if (!isId(claimId)) throw new AppError('NOT_FOUND');
    if (!isId(documentId)) return { __typename: 'PlacementClaimRefused', ...said('ATTACHMENT_GONE') };
    const result = await addClaimDocument(deps, actor, { claimId, documentId });
    if (!result.ok) return { __typename: 'PlacementClaimRefused', ...said(result.refusal.kind) };
    claims.clear(claimId);
    claimDocuments.clear(claimId);
    return { __typename: 'PlacementClaimDocumentAdded', claim: await shownClaim({ claims }, claimId) };
  },
};
