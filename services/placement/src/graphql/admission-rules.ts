import { AppError } from '@ranselpost/kit/pure/errors';
import type { RoundConfig } from '../domain/round-plan.ts';
import type { SeatGroup as Group } from '../domain/seat-decision.ts';
import type { AdmissionRules, AdmissionRulesInput, SeatGroup } from './generated/types.ts';

export const groups = { SMALL: 'small', LARGE: 'large', SFO: 'sfo' } as const satisfies Record<
  SeatGroup,
  Group
>;
const shownGroups = { small: 'SMALL', large: 'LARGE', sfo: 'SFO' } as const satisfies Record<
  Group,
  SeatGroup
>;
export const toShownGroup = (group: Group): SeatGroup => shownGroups[group];
const isGroup = (name: string): name is Group => name in shownGroups;
/** A group by the name that runs have it under. */
export function toNamedGroup(name: string): SeatGroup {
  if (!isGroup(name)) throw new Error(`there are no seats for the age group ${name}`);
  return toShownGroup(name);
}
const toShownGroups = (names: readonly string[]): readonly SeatGroup[] =>
  names.flatMap((name) => (isGroup(name) ? [shownGroups[name]] : []));

const isShare = (seats: number): boolean => seats >= 1 && seats <= 100;

/** What is said of how a round is drawn, with what is left out filled in. */
export function toConfig({
  groups: named = ['LARGE', 'SMALL'],
  tieBreak = 'SINGLE',
  lotteryUnit = 'APPLICATION',
  siblingInRound = false,
  fallback = false,
  overridesByTwo = false,
  conversion = null,
}: Partial<AdmissionRulesInput>): RoundConfig {
  if (named.length > 3) throw new AppError('BAD_USER_INPUT', 'at most three age groups');
  if (conversion !== null && !(isShare(conversion.given) && isShare(conversion.made)))
    throw new AppError('BAD_USER_INPUT', 'seats are converted by shares of 1 to 100');
  return {
    markets: named.map((group) => groups[group]),
    tieBreak: tieBreak === 'SINGLE' ? 'single' : 'multiple',
    lotteryUnit: lotteryUnit === 'FAMILY' ? 'family' : 'application',
    ...{ siblingInRound, fallback },
    ...(overridesByTwo ? { overridesByTwo } : {}),
    convert:
      conversion === null
        ? null
        : {
            ...{ from: groups[conversion.from], to: groups[conversion.to] },
            ratio: [conversion.given, conversion.made],
          },
  };
}

export function toShownRules({
  markets,
  tieBreak,
  lotteryUnit,
  convert,
  overridesByTwo = false,
  ...rest
}: RoundConfig): AdmissionRules {
  const [from, to] = convert === null ? [] : toShownGroups([convert.from, convert.to]);
  return {
    ...rest,
    groups: toShownGroups(markets),
    overridesByTwo,
    tieBreak: tieBreak === 'single' ? 'SINGLE' : 'MULTIPLE',
    lotteryUnit: lotteryUnit === 'family' ? 'FAMILY' : 'APPLICATION',
    conversion:
      convert === null || from === undefined || to === undefined
        ? null
        : { from, to, given: convert.ratio[0], made: convert.ratio[1] },
  };
}
