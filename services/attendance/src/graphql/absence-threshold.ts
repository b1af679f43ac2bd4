import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { noteThresholdAlert as note, readThresholdAlerts } from '../usecases/read-threshold-alerts.ts';
import {
  readAbsenceThresholds,
  readMunicipalThresholds,
  setAbsenceThresholds as set,
  setMunicipalThresholds,
} from '../usecases/set-absence-thresholds.ts';
import { readPlace } from './absence.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { ThresholdTerms } from '../domain/threshold.ts';
import type {
  AbsenceThresholdInput,
  MutationResolvers,
  QueryResolvers,
  ThresholdAlert as AlertShown,
  UnitResolvers,
} from './generated/types.ts';

type Found = Exclude<Awaited<ReturnType<typeof readThresholdAlerts>>, 'hidden' | null>[number];

const toShown = ({ id, childId, threshold, since, raisedOn, seenAt }: Found): AlertShown => ({
  ...{ id, child: { id: childId }, threshold, since, raisedOn },
  seenAt: seenAt?.toISOString() ?? null,
});

type Fields = 'absenceThresholds' | 'thresholdAlerts';
export const thresholdsOfUnit: Required<Pick<UnitResolvers<Context>, Fields>> = {
  absenceThresholds: async ({ id: unitId }, _args, { deps, actor }) => {
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    return readAbsenceThresholds(deps, actor, unitId);
  },
  thresholdAlerts: async ({ id: unitId }, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const wanted = { unitId, first, after: readPlace(after) };
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const alerts = await readThresholdAlerts(deps, actor, wanted);
    if (alerts === null) throw new AppError('NOT_FOUND');
    if (alerts === 'hidden') throw new AppError('FEATURE_CLOSED');
    return toPage(alerts.map(toShown), first, after, ({ raisedOn, id }) => `${raisedOn}/${id}`);
  },
};

type Query = Required<Pick<QueryResolvers<Context>, 'municipalAbsenceThresholds'>>;
export const thresholdQuery: Query = {
  municipalAbsenceThresholds: (_parent, _args, { deps, actor }) => readMunicipalThresholds(deps, actor),
};

function wantedBy(thresholds: readonly AbsenceThresholdInput[]): readonly ThresholdTerms[] {
  if (thresholds.length > 12) throw new AppError('BAD_USER_INPUT', 'at most twelve thresholds');
  return thresholds.map(({ weeks = null, opens = null, ...terms }) => ({ ...terms, weeks, opens }));
}

type Changes = 'setAbsenceThresholds' | 'setMunicipalAbsenceThresholds' | 'noteThresholdAlert';
export const thresholdMutations: Required<Pick<MutationResolvers<Context>, Changes>> = {
  setAbsenceThresholds: async (_parent, { input: { unitId, thresholds } }, { deps, actor }) => {
    const wanted = wantedBy(thresholds);
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const result = await set(deps, actor, unitId, wanted);
    return result.ok
      ? { __typename: 'AbsenceThresholdsSet', thresholds: result.value }
      : toFeatureClosed(result.refusal);
  },
  setMunicipalAbsenceThresholds: async (_parent, { input: { thresholds } }, { deps, actor }) => ({
    __typename: 'AbsenceThresholdsSet',
    thresholds: await setMunicipalThresholds(deps, actor, wantedBy(thresholds)),
  }),
  noteThresholdAlert: async (_parent, { input: { alertId } }, { deps, actor }) => {
    if (!isId(alertId)) throw new AppError('NOT_FOUND');
    const result = await note(deps, actor, alertId);
    return result.ok
      ? { __typename: 'ThresholdAlertNoted', alert: toShown(result.value) }
      : toFeatureClosed(result.refusal);
  },
};
