import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ApplicationState } from '../domain/application.ts';
import {
  type ShownApplication,
  type ShownApplications,
  readChildApplications,
  readRoundApplications,
} from '../usecases/read-applications.ts';
import { readInstantAndId } from './arguments.ts';
import type { Context } from './context.ts';
import type {
  AdmissionRoundResolvers,
  ChildResolvers,
  PlacementApplicationResolvers,
  PlacementApplicationState,
  QueryResolvers,
} from './generated/types.ts';

const states = {
  ...{ draft: 'DRAFT', submitted: 'SUBMITTED', complete: 'COMPLETE', placed: 'PLACED' },
  ...{ waiting: 'WAITING', withdrawn: 'WITHDRAWN', ended: 'ENDED' },
} as const satisfies Record<ApplicationState, PlacementApplicationState>;

/** An application, as the actor sees it now. */
export async function shownApplication(
  { applications }: Pick<Context, 'applications'>,
  id: string,
): Promise<ShownApplication> {
  const found = isId(id) ? await applications.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

type Fields =
  '__resolveReference' | 'child' | 'round' | 'state' | 'wishes' | 'guardians' | 'submittedAt' | 'receipts';
export const application: Required<Pick<PlacementApplicationResolvers<Context>, Fields>> = {
  __resolveReference: ({ id }, context) => shownApplication(context, id),
  child: ({ childId }) => ({ id: childId }),
  round: ({ roundId }, _args, { rounds }) => rounds.load(roundId),
  state: ({ state }) => states[state],
  wishes: ({ wishes }) =>
    wishes.map(({ rank, kindergarten, sibling }) => ({
      ...{ rank, unit: { id: kindergarten }, sibling: sibling === null ? null : { id: sibling } },
    })),
  guardians: ({ guardianIds }) => guardianIds.map((id) => ({ id })),
  submittedAt: ({ submittedAt }) => submittedAt?.toISOString() ?? null,
  receipts: ({ receipts }) => receipts.map((one) => ({ ...one, receivedAt: one.receivedAt.toISOString() })),
};

export const applicationQuery: Required<Pick<QueryResolvers<Context>, 'placementApplication'>> = {
  placementApplication: (_parent, { id }, context) => shownApplication(context, id),
};

/** A page of applications as they were read; null where there is no such list for whoever asks. */
function toApplicationPage(
  found: ShownApplications,
  { first, after }: { readonly first: number; readonly after: string | null },
  cursorOf: (application: ShownApplication) => string,
): Page<ShownApplication> | null {
  if (found === null) return null;
  if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(found, first, after, cursorOf);
}

export const applicationsOfChild: Required<Pick<ChildResolvers<Context>, 'placementApplications'>> = {
  placementApplications: async ({ id: childId }, args, { deps, actor }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const { first, after } = readPage(args);
    if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const found = await readChildApplications(deps, actor, { childId, first, after });
    return toApplicationPage(found, { first, after }, ({ id }) => id);
  },
};

export const applicationsOfRound: Required<Pick<AdmissionRoundResolvers<Context>, 'applications'>> = {
  applications: async ({ id: roundId }, { unitId = null, ...args }, { deps, actor }) => {
    if (unitId !== null && !isId(unitId)) throw new AppError('NOT_FOUND');
    const { first, after } = readPage(args);
    const listing = { first, after: readInstantAndId(after) };
    const found = await readRoundApplications(deps, actor, { roundId, unitId, ...listing });
    const page = toApplicationPage(
      found,
      { first, after },
      ({ submittedAt, id }) => `${submittedAt?.toISOString() ?? ''}/${id}`,
    );
    if (page === null) throw new AppError('NOT_FOUND');
    return page;
  },
};
