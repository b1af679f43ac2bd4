import type { FilePart } from '@ranselpost/kit/files/files';
import { isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Attachment } from '../domain/attachment.ts';
import type { AttachmentResolvers, FileRefusalCode, QueryResolvers } from './generated/types.ts';
import type { Context } from './types.ts';

async function shown(id: string, { attachments }: Context): Promise<Attachment> {
  const found = isId(id) ? await attachments.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

export const attachmentById: NonNullable<QueryResolvers['attachment']> = (_parent, { id }, context) =>
  shown(id, context);

const linkTo = (
  { id, state }: Attachment,
  part: FilePart,
  { actor, deps: { links, now } }: Context,
): string | null =>
  state === 'READY' && isPerson(actor) ? `/files/${links.make(actor, { id, part }, now())}` : null;

export const attachment: Required<
  Pick<AttachmentResolvers, '__resolveReference' | 'refusal' | 'downloadUrl' | 'thumbnailUrl'>
> = {
  __resolveReference: ({ id }, context) => shown(id, context),
  // What is kept is one of the codes: nothing else is ever written there.
  refusal: ({ refusal }) => refusal as FileRefusalCode | null,
  downloadUrl: (file, _arguments, context) => linkTo(file, 'whole', context),
  thumbnailUrl: (file, _arguments, context) =>
    file.mediaType.startsWith('image/') ? linkTo(file, 'thumbnail', context) : null,
};
