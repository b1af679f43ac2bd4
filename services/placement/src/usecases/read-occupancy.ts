import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isReadableAt } from '@ranselpost/kit/pure/features';
import { type OccupancyDay, daysBetween, occupancyByDay } from '../domain/occupancy-day.ts';
import { maySeeOccupancy, unitsOfReport } from '../domain/report-policy.ts';
import * as occupancy from '../store/occupancy.ts';
import { type LoadedFacts, loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

/** A quarter of a year, and what is beside it. */
const mostDays = 100;

/** A unit's children, seats, area and staff by day (P27, BHG-25): numbers, and nobody. */
export const readUnitOccupancy = (
  deps: Deps,
  actor: Actor,
  { unitId, from, to }: { readonly unitId: string; readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly OccupancyDay[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly OccupancyDay[]>> => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    if (!maySeeOccupancy(actor, facts, unitId)) throw new AppError('NOT_FOUND');
    if (to < from || addDays(from, mostDays) <= to)
      throw new AppError('BAD_USER_INPUT', `a report is of 1 to ${mostDays} days`);
    return aboutNobody(await byDay(tx, facts, [unitId], [from, to]));
  });

/** All units of a case worker, or those of a leader, on a day. */
export const readOccupancy = (deps: Deps, actor: Actor, day: LocalDate): Promise<readonly OccupancyDay[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly OccupancyDay[]>> => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    const units = unitsOfReport(actor, facts);
    if (units === 'none') throw new AppError('NOT_FOUND');
    return aboutNobody(await byDay(tx, facts, units === 'all' ? null : units, [day, day]));
  });

async function byDay(
  tx: Tx,
  facts: LoadedFacts,
  wanted: occupancy.UnitsWanted,
  days: readonly [LocalDate, LocalDate],
): Promise<readonly OccupancyDay[]> {
  const found = {
    counted: await occupancy.counted(tx, wanted, days),
    seats: await occupancy.seats(tx, wanted),
    norms: await occupancy.norms(tx, wanted),
  };
  const told = [...found.counted, ...found.seats, ...found.norms].map(({ unitId }) => unitId);
  const unitIds = wanted?.length === 1 ? wanted : [...new Set(told)].toSorted();
  const features = await loadFeature(tx, 'PLACEMENT', facts, unitIds);
  if (unitIds.some((unitId) => !isReadableAt(features, unitId))) throw new AppError('FEATURE_CLOSED');
  return occupancyByDay(unitIds, daysBetween(...days), found);
}
