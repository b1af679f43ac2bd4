import { describe, expect, test } from 'vitest';
import { endOf } from './deadline.ts';
import {
  type RoundPlan,
  type UnitToOpen,
  decideOpening,
  decideOtherStatutes,
  decidePlan,
  marketsOf,
  planWarnings,
} from './round-plan.ts';
import type { RoundState } from './round.ts';

const plan: RoundPlan = {
  ...{ kind: 'main', title: 'Hovedopptak', admissionYear: 2027, deadline: '2027-03-01', wishLimit: 5 },
  ...{ yearBegins: '08-01', unitIds: ['solhaug'] },
  config: {
    ...{ markets: ['large', 'small'], tieBreak: 'single', lotteryUnit: 'application' },
    ...{ siblingInRound: false, fallback: false, convert: null },
  },
};
const kinds = new Map([
  ...([
    ['solhaug', 'KINDERGARTEN'],
    ['sfo', 'AFTER_SCHOOL'],
    ['skole', 'SCHOOL'],
  ] as const),
]);
const decide = (more: Partial<RoundPlan>) => {
  const decided = decidePlan({ ...plan, ...more }, kinds);
  return decided.ok ? 'planned' : decided.refusal;
};
const rule = (then: readonly string[]) => ({ mode: 'firstMatch', groups: ['law18'], then });

describe('a plan of a round', () => {
  test('has a last day to apply, but for rounds that take applications all the year (BHG-04, BHG-05)', () => {
    for (const kind of ['transfer', 'main', 'supplementary'] as const)
      expect(decide({ kind, deadline: null })).toEqual({ kind: 'E_NO_DEADLINE' });
    expect(decide({ kind: 'continuous', deadline: null })).toBe('planned');
    expect(decide({ kind: 'sfo', deadline: null, unitIds: ['sfo'] })).toBe('planned');
  });

  test('is of kindergartens, or of after-school care, and of units that there are (placement § 11)', () => {
    expect(decide({ unitIds: ['solhaug', 'sfo', 'skole', 'none'] })).toEqual({
      ...{ kind: 'E_UNKNOWN_K', unitIds: ['sfo', 'skole', 'none'] },
    });
    expect(decide({ kind: 'sfo', unitIds: ['solhaug'] })).toEqual({
      kind: 'E_UNKNOWN_K',
      unitIds: ['solhaug'],
    });
    expect(decide({ unitIds: [] })).toBe('planned');
  });

  test('is drawn as the engine can read it', () => {
    const convert = { from: 'large', to: 'small', ratio: [2, 1] } as const;
    expect(decide({ config: { ...plan.config, convert } })).toBe('planned');
    expect(decide({ config: { ...plan.config, convert: { ...convert, to: 'sfo' } } })).toEqual({
      ...{ kind: 'E_BAD_GROUP', places: ['config.convert.to'] },
    });
    expect(decide({ config: { ...plan.config, convert: { ...convert, ratio: [0, 1] } } })).toMatchObject({
      kind: 'E_FORMAT',
    });
  });

  test('has one group for after-school care, whatever is said', () => {
    expect(marketsOf({ ...plan, kind: 'sfo' })).toEqual(['sfo']);
    const decided = decidePlan({ ...plan, kind: 'sfo', unitIds: ['sfo'] }, kinds);
    expect(decided.ok && decided.value.config.markets).toEqual(['sfo']);
  });

  test('is warned of where families have to guess, by whichever rule (placement § 2)', () => {
    const convert = { from: 'small', to: 'large', ratio: [2, 1] } as const;
    const units = [
      { unitId: 'solhaug', priority: rule(['age:oldest']) },
      { unitId: 'fjordbakken', priority: rule(['wishRank']) },
    ];
    expect(planWarnings(plan, units.slice(0, 1))).toEqual([]);
    expect(planWarnings({ ...plan, wishLimit: 4, config: { ...plan.config, convert } }, units)).toEqual([
      { code: 'W_FEW_WISHES', unitId: null },
      { code: 'W_CONVERTS_NOTHING', unitId: null },
      { code: 'W_NOT_STRATEGYPROOF', unitId: 'fjordbakken' },
    ]);
  });
});

describe('opening a round', () => {
  const ready: UnitToOpen = { unitId: 'solhaug', statuteId: 'v1', hasSeats: true };
  const open = (units: readonly UnitToOpen[], now = '2027-01-20T10:00:00Z', more = {}) => {
    const decided = decideOpening({ deadline: '2027-03-01', grace: null, ...more }, units, new Date(now));
    return decided.ok ? decided.value : decided.refusal;
  };

  test('pins the statutes of each unit (BHG-10)', () => {
    expect(open([ready])).toEqual([{ unitId: 'solhaug', statuteId: 'v1' }]);
  });

  test('needs statutes and seats of each, and names those who have none', () => {
    const lawless = { ...ready, unitId: 'a', statuteId: null };
    const seatless = { ...ready, unitId: 'b', hasSeats: false };
    expect(open([])).toEqual({ kind: 'E_NO_UNITS' });
    expect(open([ready, seatless, lawless])).toEqual({ kind: 'E_NO_STATUTES', unitIds: ['a'] });
    expect(open([ready, seatless])).toEqual({ kind: 'E_NO_SEATS', unitIds: ['b'] });
  });

  test('is for a time in which somebody can apply (BHG-05)', () => {
    expect(open([ready], '2027-03-01T22:59:59.999Z')).toHaveLength(1);
    expect(open([ready], '2027-03-01T23:00:00Z')).toEqual({
      ...{ kind: 'E_DEADLINE', deadline: endOf('2027-03-01') },
    });
    expect(open([ready], '2037-01-01T00:00:00Z', { deadline: null })).toHaveLength(1);
  });
});

test('other statutes may be kept to until a round is allocated, of that unit and for a reason (placement § 8)', () => {
  const versions = [
    { id: 'v2', unitId: 'solhaug' },
    { id: 'w1', unitId: 'fjordbakken' },
  ];
  const change = (more = {}, state: RoundState = 'open') => {
    const wanted = { unitId: 'solhaug', statuteId: 'v2', reason: ' Feil ', ...more };
    const decided = decideOtherStatutes({ state, unitIds: ['solhaug'] }, wanted, versions);
    return decided.ok ? decided.value.reason : decided.refusal;
  };
  for (const state of ['open', 'closed'] as const) expect(change({}, state)).toBe('Feil');
  for (const state of ['draft', 'allocated', 'published', 'appeal', 'finished'] as const)
    expect(change({}, state)).toEqual({ kind: 'E_STATE', state });
  expect(change({ unitId: 'fjordbakken', statuteId: 'w1' })).toEqual({
    kind: 'E_UNKNOWN_K',
    unitIds: ['fjordbakken'],
  });
  expect(change({ statuteId: 'w1' })).toEqual({ kind: 'E_NO_STATUTES', unitIds: ['solhaug'] });
  expect(change({ reason: ' ' })).toEqual({ kind: 'E_NO_REASON' });
});
