import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ApplicationState } from '../domain/application.ts';
import {
  type ApplicationListing,
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

interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Reads a page of applications; null where there is no such list for whoever asks. */
async function toApplicationPage(
  args: PageArgs,
  read: (listing: ApplicationListing) => Promise<ShownApplications>,
  keyOf: (application: ShownApplication) => Date | null,
): Promise<Page<ShownApplication> | null> {
  const { first, after } = readPage(args);
  const found = await read({ first, after: readInstantAndId(after) });
  if (found === null) return null;
  if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(found, first, after, (one) => `${keyOf(one)?.toISOString() ?? ''}/${one.id}`);
}

export const applicationsOfChild: Required<Pick<ChildResolvers<Context>, 'placementApplications'>> = {
  placementApplications: async ({ id: childId }, args, { deps, actor }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    return toApplicationPage(
      args,
      (listing) => readChildApplications(deps, actor, { childId, ...listing }),
      ({ createdAt }) => createdAt,
    );
  },
};

export const applicationsOfRound: Required<Pick<AdmissionRoundResolvers<Context>, 'applications'>> = {
  applications: async ({ id: roundId }, { unitId = null, ...args }, { deps, actor }) => {
    if (unitId !== null && !isId(unitId)) throw new AppError('NOT_FOUND');
    const page = await toApplicationPage(
      args,
      (listing) => readRoundApplications(deps, actor, { roundId, unitId, ...listing }),
      ({ submittedAt }) => submittedAt,
    );
    if (page === null) throw new AppError('NOT_FOUND');
    return page;
  },
};
