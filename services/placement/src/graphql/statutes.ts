import type { Criterion } from '../domain/instance.ts';
import type { StatuteRule, Statutes } from '../domain/statutes.ts';
import type {
  AgeGroup,
  PriorityCriterion,
  PriorityMode,
  PriorityRule,
  Statutes as StatutesShown,
} from './generated/types.ts';

export const modes = {
  FIRST_MATCH: 'firstMatch',
  LEXICOGRAPHIC: 'lexicographic',
  POINTS: 'points',
} as const satisfies Record<PriorityMode, StatuteRule['mode']>;
export const criteria = {
  ...{ AGE_OLDEST: 'age:oldest', AGE_YOUNGEST: 'age:youngest' },
  ...{ DISTANCE: 'distance', APPLIED: 'applied', WISH_RANK: 'wishRank' },
} as const satisfies Record<PriorityCriterion, Criterion>;
export const ageGroups = { SMALL: 'small', LARGE: 'large' } as const satisfies Record<
  AgeGroup,
  keyof Statutes['maxSeats']
>;

/** What the graph calls what the domain calls so. */
const nameOf = <Name extends string, Value>(names: Readonly<Record<Name, Value>>, value: Value): Name =>
  (Object.keys(names) as Name[]).find((name) => names[name] === value)!;

const toShownRule = (rule: StatuteRule): PriorityRule => ({
  mode: nameOf<PriorityMode, StatuteRule['mode']>(modes, rule.mode),
  groups: 'groups' in rule ? [...rule.groups] : [],
  points: 'points' in rule ? Object.entries(rule.points).map(([flag, points]) => ({ flag, points })) : [],
  criteria: rule.then.map((one) => nameOf<PriorityCriterion, Criterion>(criteria, one)),
});

export const toShownStatutes = ({
  unitId,
  priority,
  maxSeats,
  adoptedAt,
  ...rest
}: Statutes): StatutesShown => ({
  ...rest,
  unit: { id: unitId },
  priority: toShownRule(priority),
  maxSeats: (Object.keys(ageGroups) as AgeGroup[]).flatMap((group) => {
    const seats = maxSeats[ageGroups[group]];
    return seats === undefined ? [] : [{ group, seats }];
  }),
  adoptedAt: adoptedAt.toISOString(),
});
