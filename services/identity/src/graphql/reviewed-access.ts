import { type Page, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import type { ReviewPlace } from '../usecases/review-access.ts';
import type { ReviewedAccessResolvers, ReviewedGuardianResolvers } from './generated/types.ts';
import type { ReviewedGuardianModel, ReviewedStaffModel } from './types.ts';

type Reviewed = ReviewedStaffModel | ReviewedGuardianModel;

export const reviewedAccess: ReviewedAccessResolvers = {
  __resolveType: ({ kind }) => (kind === 'staff' ? 'ReviewedStaff' : 'ReviewedGuardian'),
};

export const reviewedGuardian: Pick<ReviewedGuardianResolvers, 'child'> = {
  child: async ({ access }, _arguments, { children }) => {
    const child = await children.load(access.childId);
    if (child === null) throw new AppError('NOT_FOUND');
    return child;
  },
};

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(
    z.union([z.tuple([z.literal('staff'), z.uuid()]), z.tuple([z.literal('guardian'), z.uuid(), z.uuid()])]),
  );

/** The place in a review that a cursor stands for. */
export function readReviewPlace(key: string | null): ReviewPlace | null {
  if (key === null) return null;
  const place = placeSchema.safeParse(key).data;
  if (place === undefined) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return place[0] === 'staff'
    ? { kind: 'staff', childId: null, id: place[1] }
    : { kind: 'guardian', childId: place[1], id: place[2] };
}

export const toReviewPage = (
  reviewed: readonly Reviewed[],
  first: number,
  after: string | null,
): Page<Reviewed> =>
  toPage(reviewed, first, after, ({ kind, access }) =>
    kind === 'staff' ? `staff/${access.id}` : `guardian/${access.childId}/${access.id}`,
  );
