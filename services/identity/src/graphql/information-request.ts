import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { z } from 'zod';
import type { HandlingRefusal } from '../domain/information-request.ts';
import type { PageWanted, RequestView } from '../usecases/read-information-requests.ts';
import type { InformationRequestResolvers } from './generated/types.ts';
import { refusalOf } from './refusal-texts.ts';
import type { Context } from './types.ts';

export const informationRequest: Pick<
  InformationRequestResolvers,
  'receivedAt' | 'decidedAt' | 'complainedAt'
> = {
  receivedAt: ({ receivedAt }) => receivedAt.toISOString(),
  decidedAt: ({ decidedAt }) => decidedAt?.toISOString() ?? null,
  complainedAt: ({ complainedAt }) => complainedAt?.toISOString() ?? null,
};

/** A request after something was done with it, as the actor sees it now. */
export async function seenAnew({ informationRequests }: Context, id: string): Promise<RequestView> {
  const found = await informationRequests.clear(id).load(id);
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

/** A text within its length, without what stands around it. Null for none. Throws `BAD_USER_INPUT` otherwise. */
export function readText(text: string | null | undefined, most: number): string | null {
  if (text === null || text === undefined) return null;
  const trimmed = text.trim();
  if (trimmed.length < 1 || trimmed.length > most)
    throw new AppError('BAD_USER_INPUT', `a text has 1 to ${most} characters`);
  return trimmed;
}

export const requireText = (text: string, most: number): string => readText(text, most)!;

export const readKey = (idempotencyKey: string): string => {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
  return idempotencyKey;
};

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.datetime(), z.uuid()]));

/** The page of a list of requests that is asked for. */
export function readRequestPage(page: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): PageWanted & { readonly cursor: string | null } {
  const { first, after: cursor } = readPage(page);
  if (cursor === null) return { first, after: null, cursor };
  const place = placeSchema.safeParse(cursor);
  if (!place.success) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { first, after: { at: place.data[0], id: place.data[1] }, cursor };
}

export const toRequestPage = (
  found: readonly RequestView[],
  { first, cursor }: { readonly first: number; readonly cursor: string | null },
): Page<RequestView> =>
  toPage(found, first, cursor, ({ receivedAt, id }) => `${receivedAt.toISOString()}/${id}`);

const codes = {
  closed: 'INFORMATION_ALREADY_DECIDED',
  'not-a-candidate': 'INFORMATION_CHILD_NOT_MEANT',
  'not-checked': 'INFORMATION_NOT_CHECKED',
  'findings-forbid': 'INFORMATION_NOT_CARRIED',
  'reveals-place': 'INFORMATION_REVEALS_PLACE',
  'nothing-drafted': 'INFORMATION_NOTHING_WRITTEN',
  'second-person-needed': 'INFORMATION_SECOND_PERSON_NEEDED',
} as const satisfies Record<HandlingRefusal['kind'], string>;

/** What staff are answered who did something with a request. */
export async function toHandled(
  context: Context,
  result: Result<{ readonly requestId: string }, HandlingRefusal>,
) {
  if (!result.ok)
    return { __typename: 'InformationHandlingRefused' as const, ...refusalOf(codes[result.refusal.kind]) };
  const request = await seenAnew(context, result.value.requestId);
  return { __typename: 'InformationRequestHandled' as const, request };
}
