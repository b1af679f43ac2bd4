import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { z } from 'zod';
import type { HoldRefusal } from '../domain/retention-hold.ts';
import { type RetentionHold, readHolds } from '../usecases/read-retention.ts';
import type {
  QueryResolvers,
  RefusalCode,
  ResolversTypes,
  RetentionHoldResolvers,
} from './generated/types.ts';
import { refusalOf } from './refusal-texts.ts';

export const retentionHold: Pick<RetentionHoldResolvers, 'id' | 'placedById'> = {
  id: ({ holdId }) => holdId,
  placedById: ({ placedBy }) => placedBy,
};

const codes: Readonly<Record<HoldRefusal['kind'], RefusalCode>> = {
  'hold-stands': 'RETENTION_HOLD_STANDS',
  'hold-reason-missing': 'RETENTION_HOLD_REASON_MISSING',
  'hold-review-wrong': 'RETENTION_HOLD_REVIEW_INVALID',
  'hold-lifted': 'RETENTION_HOLD_LIFTED',
};

export const toHeld = (result: Result<RetentionHold, HoldRefusal>): ResolversTypes['RetentionHoldResult'] =>
  result.ok
    ? { __typename: 'RetentionHeld', hold: result.value }
    : { __typename: 'RetentionHoldRefused', ...refusalOf(codes[result.refusal.kind]) };

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.date(), z.uuid()]));

export const retentionHolds: NonNullable<QueryResolvers['retentionHolds']> = async (
  _parent,
  page,
  { deps, actor },
) => {
  const { first, after } = readPage(page);
  const place = after === null ? null : placeSchema.safeParse(after).data;
  if (place === undefined) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  const found = await readHolds(deps, actor, {
    first,
    after: place === null ? null : { reviewOn: place[0], holdId: place[1] },
  });
  if (found === null) throw new AppError('NOT_FOUND');
  return toPage(found, first, after, ({ reviewOn, holdId }) => `${reviewOn}/${holdId}`);
};
