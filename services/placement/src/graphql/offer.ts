import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Answer, OfferState } from '../domain/offer.ts';
import {
  type ChildStanding,
  type ShownOffer,
  type ShownPlace,
  type UnitPlacesWanted,
  readUnitPlaces,
} from '../usecases/read-offers.ts';
import { type ListWanted, type ShownPool, readPoolList, readUnitPools } from '../usecases/read-pools.ts';
import { shownApplication } from './application.ts';
import type { Context } from './context.ts';
import type {
  AgeGroup,
  ChildPlaceResolvers,
  ChildResolvers,
  PlaceCare,
  PlacementOfferAnswer,
  PlacementOfferResolvers,
  PlacementOfferState,
  PlacementPoolResolvers,
  QueryResolvers,
  UnitResolvers,
  WaitingEntryResolvers,
  WaitingListPlaceResolvers,
} from './generated/types.ts';

const states = {
  ...{ sent: 'SENT', accepted: 'ACCEPTED', 'accepted-keep': 'ACCEPTED_KEEP' },
  ...{ declined: 'DECLINED', expired: 'EXPIRED', withdrawn: 'WITHDRAWN' },
} as const satisfies Record<OfferState, PlacementOfferState>;
const answers = {
  ...{ accept: 'ACCEPT', 'accept-keep': 'ACCEPT_KEEP', decline: 'DECLINE' },
} as const satisfies Record<Answer['cmd'], PlacementOfferAnswer>;
const cares = { KINDERGARTEN: 'KINDERGARTEN', SFO: 'AFTER_SCHOOL' } as const satisfies Record<
  ShownPool['care'],
  PlaceCare
>;

const groups = { SMALL: 'SMALL', LARGE: 'LARGE', SFO: null } as const satisfies Record<
  ShownPool['ageGroup'],
  AgeGroup | null
>;

/** An offer, as the actor sees it now. */
export async function shownOffer({ offers }: Pick<Context, 'offers'>, id: string): Promise<ShownOffer> {
  const found = isId(id) ? await offers.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

/** A place, as the actor sees it now. */
export async function shownPlace({ places }: Pick<Context, 'places'>, id: string): Promise<ShownPlace> {
  const found = isId(id) ? await places.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

/** Seats, as the actor sees them now. */
export async function shownPool({ pools }: Pick<Context, 'pools'>, id: string): Promise<ShownPool> {
  const found = isId(id) ? await pools.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

type OfferFields =
  '__resolveReference' | 'child' | 'unit' | 'care' | 'state' | 'answers' | 'madeAt' | 'deadline' | 'endedAt';
export const offer: Required<Pick<PlacementOfferResolvers<Context>, OfferFields>> = {
  __resolveReference: ({ id }, context) => shownOffer(context, id),
  child: ({ childId }) => ({ id: childId }),
  unit: ({ unitId }) => ({ id: unitId }),
  care: ({ care }) => cares[care],
  state: ({ state }) => states[state],
  answers: (one) => one.answers.map((cmd) => answers[cmd]),
  madeAt: ({ madeAt }) => madeAt.toISOString(),
  deadline: ({ deadline }) => deadline.toISOString(),
  endedAt: ({ endedAt }) => endedAt?.toISOString() ?? null,
};

type PlaceFields = '__resolveReference' | 'child' | 'unit' | 'care';
export const childPlace: Required<Pick<ChildPlaceResolvers<Context>, PlaceFields>> = {
  __resolveReference: ({ id }, context) => shownPlace(context, id),
  child: ({ childId }) => ({ id: childId }),
  unit: ({ unitId }) => ({ id: unitId }),
  care: ({ care }) => cares[care],
};

export const waitingEntry: Required<Pick<WaitingEntryResolvers<Context>, 'unit' | 'order'>> = {
  unit: ({ unitId }) => ({ id: unitId }),
  order: ({ wishOrder }) => wishOrder,
};

export const waitingListPlace: Required<Pick<WaitingListPlaceResolvers<Context>, 'application' | 'child'>> = {
  application: ({ applicationId }, _args, context) => applicationOrNull(context, applicationId),
  child: ({ childId }) => ({ id: childId }),
};

const applicationOrNull = (context: Context, id: string) =>
  shownApplication(context, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });

async function listOf({ deps, actor }: Context, poolId: string, wanted: ListWanted) {
  const list = await readPoolList(deps, actor, poolId, wanted);
  if (list === 'hidden') throw new AppError('FEATURE_CLOSED');
  return list;
}

type PoolFields = '__resolveReference' | 'unit' | 'group' | 'next' | 'waitingList';
export const pool: Required<Pick<PlacementPoolResolvers<Context>, PoolFields>> = {
  __resolveReference: ({ id }, context) => shownPool(context, id),
  unit: ({ unitId }) => ({ id: unitId }),
  group: ({ ageGroup }) => groups[ageGroup],
  next: async ({ id }, _args, context) => {
    const list = await listOf(context, id, { first: 0, after: 0 });
    return list === null || list.next === null ? null : applicationOrNull(context, list.next);
  },
  waitingList: async ({ id }, args, context) => {
    const { first, after } = readPage(args);
    if (after !== null && !/^\d{1,9}$/.test(after))
      throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const list = await listOf(context, id, { first, after: Number(after ?? 0) });
    return list === null ? null : toPage(list.listed, first, after, ({ position }) => String(position));
  },
};

export const offerQuery: Required<Pick<QueryResolvers<Context>, 'placementOffer' | 'placementPool'>> = {
  placementOffer: (_parent, { id }, context) => shownOffer(context, id),
  placementPool: (_parent, { id }, context) => shownPool(context, id),
};

async function standingOf({ standings }: Context, childId: string): Promise<ChildStanding | null> {
  if (!isId(childId)) throw new AppError('NOT_FOUND');
  const found = await standings.load(childId);
  if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
  return found;
}

type OfChild = 'placementOffers' | 'places' | 'waitingEntries';
export const offersOfChild: Required<Pick<ChildResolvers<Context>, OfChild>> = {
  placementOffers: async ({ id }, _args, context) => (await standingOf(context, id))?.offers ?? null,
  places: async ({ id }, _args, context) => (await standingOf(context, id))?.places ?? null,
  waitingEntries: async ({ id }, _args, context) => (await standingOf(context, id))?.waiting ?? null,
};

/** The place in a list that a cursor stands for. */
function readPlace(cursor: string | null): UnitPlacesWanted['after'] {
  if (cursor === null) return null;
  const [from = '', id = ''] = cursor.split('/');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || !isId(id))
    throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { from, id };
}

export const offersOfUnit: Required<Pick<UnitResolvers<Context>, 'places' | 'placementPools'>> = {
  places: async ({ id: unitId }, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = isId(unitId)
      ? await readUnitPlaces(deps, actor, { unitId, first, after: readPlace(after) })
      : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return toPage(found, first, after, ({ from, id }) => `${from}/${id}`);
  },
  placementPools: async ({ id: unitId }, { admissionYear = null }, { deps, actor }) => {
    const found = isId(unitId) ? await readUnitPools(deps, actor, unitId, admissionYear) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found;
  },
};
