import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { StoredRound } from '../domain/round-record.ts';
import { readRounds } from '../usecases/read-rounds.ts';
import type { Context } from './context.ts';
import type {
  AdmissionRoundKind,
  AdmissionRoundMoveResolvers,
  AdmissionRoundReopeningResolvers,
  AdmissionRoundResolvers,
  AdmissionRoundState,
  AdmissionRoundUnitResolvers,
  QueryResolvers,
} from './generated/types.ts';
import { toShownRules } from './admission-rules.ts';
import { toShownStatutes } from './statutes.ts';

const states = {
  ...{ draft: 'DRAFT', open: 'OPEN', closed: 'CLOSED', allocated: 'ALLOCATED' },
  ...{ published: 'PUBLISHED', appeal: 'APPEAL', finished: 'FINISHED' },
} as const satisfies Record<StoredRound['state'], AdmissionRoundState>;
export const toShownState = (state: StoredRound['state']): AdmissionRoundState => states[state];

export const roundKinds = {
  ...{ transfer: 'TRANSFER', main: 'MAIN', supplementary: 'SUPPLEMENTARY' },
  ...{ continuous: 'CONTINUOUS', sfo: 'SFO' },
} as const satisfies Record<StoredRound['kind'], AdmissionRoundKind>;

export const admissionRound: AdmissionRoundResolvers<Context> = {
  kind: ({ kind }) => roundKinds[kind],
  state: ({ state }) => toShownState(state),
  closesAt: ({ closesAt }) => closesAt?.toISOString() ?? null,
  grace: ({ grace }) => (grace === null ? null : { ...grace, until: grace.until.toISOString() }),
  rules: ({ config }) => toShownRules(config),
  units: (round) => round.unitIds.map((unitId) => ({ round, unitId })),
  seed: ({ id }, _args, { seeds }) => seeds.load(id),
  version: async ({ id, version }, _args, { records }) =>
    (await records.load(id)) === null ? null : version,
  warnings: async ({ id }, _args, { records }) =>
    (await records.load(id))?.warnings.map(({ code, unitId }) => ({
      code,
      unit: unitId === null ? null : { id: unitId },
    })) ?? null,
  reopening: async ({ id }, _args, { records }) => (await records.load(id))?.reopening ?? null,
  moves: async ({ id }, _args, { records }) => (await records.load(id))?.moves ?? null,
};

export const admissionRoundUnit: AdmissionRoundUnitResolvers<Context> = {
  unit: ({ unitId }) => ({ id: unitId }),
  statutes: async ({ round, unitId }, _args, { pinnedStatutes }) => {
    const statuteId = round.statuteOf[unitId] ?? null;
    const statutes = statuteId === null ? null : await pinnedStatutes.load(statuteId);
    return statutes === null ? null : toShownStatutes(statutes);
  },
  seats: async ({ round: { id: roundId }, unitId }, _args, { seats }) =>
    (await seats.load({ roundId, unitId }))?.decisions ?? null,
  isOverCapacity: async ({ round: { id: roundId }, unitId }, _args, { seats }) =>
    (await seats.load({ roundId, unitId }))?.isOverCapacity ?? null,
};

export const admissionRoundMove: AdmissionRoundMoveResolvers<Context> = {
  number: ({ nth }) => nth,
  state: ({ to }) => toShownState(to),
  unit: ({ unitId }) => (unitId === null ? null : { id: unitId }),
  statutes: async ({ statuteId }, _args, { pinnedStatutes }) => {
    const statutes = statuteId === null ? null : await pinnedStatutes.load(statuteId);
    return statutes === null ? null : toShownStatutes(statutes);
  },
  graceUntil: ({ graceUntil }) => graceUntil?.toISOString() ?? null,
  madeById: ({ madeBy }) => madeBy,
  approvedById: ({ approvedBy }) => approvedBy,
  madeAt: ({ madeAt }) => madeAt.toISOString(),
};

export const admissionRoundReopening: AdmissionRoundReopeningResolvers<Context> = {
  proposedById: ({ proposedBy }) => proposedBy,
  proposedAt: ({ proposedAt }) => proposedAt.toISOString(),
};

function readPlace(after: string | null): { readonly admissionYear: number; readonly id: string } | null {
  if (after === null) return null;
  const [, year, id] = /^(\d{4})\/(.*)$/.exec(after) ?? [];
  if (year === undefined || id === undefined || !isId(id))
    throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { admissionYear: Number(year), id };
}

export const roundQueries: Required<Pick<QueryResolvers<Context>, 'admissionRounds' | 'admissionRound'>> = {
  admissionRounds: async (_parent, { admissionYear, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    const wanted = { admissionYear: admissionYear ?? null, first, after: readPlace(after) };
    const found = await readRounds(deps, actor, wanted);
    if (found === null) return null;
    return toPage(found, first, after, (round) => `${round.admissionYear}/${round.id}`);
  },
  admissionRound: async (_parent, { id }, { rounds }) => {
    const found = isId(id) ? await rounds.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
};
