import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isWithinCapacity } from './publishing.ts';
import { readInstance } from './read-instance.ts';
import { afterSchoolGroup } from './round-instance.ts';
import { type RoundPlan, marketsOf } from './round-plan.ts';
import { type RoundState, isChangeable } from './round.ts';

/** The groups that seats are decided for. */
export type SeatGroup = 'small' | 'large' | 'sfo';

/** Seats of a group that are held for whoever has a flag. */
export interface HeldSeats {
  readonly id: string;
  readonly flag: string;
  readonly seats: number;
  /** Whether others may have those that nobody with the flag takes. */
  readonly soft: boolean;
}

/** How many seats a unit has for an age group in a round (placement § 1). */
export interface SeatTerms {
  readonly unitId: string;
  readonly group: SeatGroup;
  readonly seats: number;
  /** Children of the group who have a place there and stay. */
  readonly occupied: number;
  readonly reserved: readonly HeldSeats[];
  /** What the whole unit has; null in after-school care, which has no such norm. */
  readonly area: number | null;
  readonly adults: number | null;
  readonly reason: string | null;
}

/** The same, as somebody decided it: added and never changed. */
export interface SeatDecision extends SeatTerms {
  readonly id: string;
  readonly roundId: string;
  /** Null once they have been erased. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
}

export type SeatRefusal =
  | { readonly kind: 'E_STATE'; readonly state: RoundState }
  /** Takes no part in the round, or the round knows no such group. */
  | { readonly kind: 'E_UNKNOWN_K' | 'E_BAD_GROUP' }
  /** Below none, or more held than there are. */
  | { readonly kind: 'E_BAD_SEATS' | 'E_DUP_ID' | 'E_FORMAT' }
  /** Once families may have relied on a number, another needs a reason. */
  | { readonly kind: 'E_NO_REASON' };

interface Known extends Pick<RoundPlan, 'kind' | 'config' | 'unitIds'> {
  readonly state: RoundState;
}

export function decideSeats(terms: SeatTerms, round: Known): Result<SeatTerms, SeatRefusal> {
  const { unitId, group, seats, occupied, reserved, area, adults } = terms;
  if (!isChangeable(round.state, 'seats')) return refuse({ kind: 'E_STATE', state: round.state });
  if (!round.unitIds.includes(unitId)) return refuse({ kind: 'E_UNKNOWN_K' });
  if (!marketsOf(round).includes(group)) return refuse({ kind: 'E_BAD_GROUP' });
  if (occupied < 0 || (area ?? 0) < 0 || (adults ?? 0) < 0) return refuse({ kind: 'E_BAD_SEATS' });
  const isSchool = group === afterSchoolGroup;
  if ((area === null) !== isSchool || (adults === null) !== isSchool) return refuse({ kind: 'E_FORMAT' });
  // Read as the engine will read them.
  const read = readInstance({
    format: 'placement-instance/1',
    seed: '',
    config: { markets: [group] },
    kindergartens: [
      {
        ...{ id: unitId, seats: { [group]: seats }, priority: { mode: 'points', points: {} } },
        reserved: reserved.map((one) => ({ ...one, group })),
      },
    ],
    applications: [],
  });
  const codes = read.ok ? [] : read.problems.map(({ code }) => code);
  for (const kind of ['E_FORMAT', 'E_BAD_SEATS', 'E_DUP_ID'] as const)
    if (codes.includes(kind)) return refuse({ kind });
  if (round.state !== 'draft' && (terms.reason ?? '').trim() === '') return refuse({ kind: 'E_NO_REASON' });
  return accept(terms);
}

/** What was decided last for each group of a unit; true where it promises more than space and staff allow (BHG-25). */
export function isOverCapacity(
  decided: readonly Pick<SeatTerms, 'group' | 'seats' | 'occupied'>[],
  { area, adults }: Pick<SeatTerms, 'area' | 'adults'>,
): boolean {
  if (area === null || adults === null) return false;
  const children = (group: SeatGroup): number =>
    decided.reduce((sum, one) => sum + (one.group === group ? one.seats + one.occupied : 0), 0);
  return !isWithinCapacity({ area, adults }, { small: children('small'), large: children('large') });
}
