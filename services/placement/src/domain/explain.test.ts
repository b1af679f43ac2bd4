import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, solve } from './allocate.ts';
import { type Rejection, explain, explainer } from './explain.ts';
import type { Application, Instance, Result } from './instance.ts';
import { compareStanding, plainClaims } from './plain.ts';
import {
  type Given,
  child,
  instanceOf,
  kindergarten,
  read,
  someInstance,
  tries,
} from './testing/instances.ts';

const nothingFound = { hasSiblingAt: () => false, areTwinsDroppedAt: () => false };

/** What a rejection has to say, by looking at everybody. */
function plainRejection(
  instance: Instance,
  { assigned, pools }: Result,
  application: Application,
  k: string,
): object {
  const pool = `${k}/${application.group}`;
  const asking = instance.applications
    .filter(({ group }) => group === application.group)
    .flatMap((one) => plainClaims(instance, one, nothingFound).map((claim) => ({ one, claim })))
    .filter(({ claim }) => claim.pool === pool)
    .sort((one, other) => compareStanding(one.claim.standing, other.claim.standing));
  const listed = asking.filter(({ claim }) => claim.via === 'wish');
  const rank = listed.findIndex(({ one }) => one === application);
  const last = asking.findLast(({ one }) => assigned[one.id]?.pool === pool);
  const wanted = ({ one, claim }: (typeof asking)[number]): boolean => {
    const got = assigned[one.id];
    return got?.via !== 'wish' || got.wish! > claim.wish!;
  };
  const lastRank = last === undefined ? -1 : listed.indexOf(last);
  return {
    ...{ seats: pools[pool]!.seats, applicants: listed.length, rank: rank + 1 },
    lastAdmittedRank: lastRank === -1 ? null : lastRank + 1,
    queue: 1 + listed.slice(0, rank).filter(wanted).length,
  };
}

describe('an explanation (placement § 7)', () => {
  test('says of every wish what became of it, with the ranks that looking at everybody gives', () => {
    fc.assert(
      fc.property(
        someInstance({ children: 9, kindergartens: 3, isPlain: true, withWishRank: true }),
        (given) => {
          const instance = read(given);
          const run = solve(instance);
          const reasons = explainer(instance, run);
          for (const application of instance.applications) {
            const { id, wishes, current } = application;
            const got = run.result.assigned[id];
            const end = wishes.findIndex(({ k }) => k === current);
            const told = reasons(id)!;
            expect(told.map(({ k }) => k)).toEqual(
              (end === -1 ? wishes : wishes.slice(0, end)).map(({ k }) => k),
            );
            for (const one of told) {
              const number = got?.via === 'wish' ? got.wish! : Number.POSITIVE_INFINITY;
              expect(one.outcome).toBe(
                one.wish === number ? 'offered' : one.wish < number ? 'rejected' : 'not-needed',
              );
              if (one.outcome === 'rejected')
                expect(one).toMatchObject(plainRejection(instance, run.result, application, one.k));
            }
          }
        },
      ),
      tries(120),
    );
  });

  const decidedBy = (priority: Given, winner: Given, loser: Given, config: Given = {}): unknown => {
    const wish = ({ wish: more = {} }: Given): Given[] => [{ k: 'K1', ...(more as Given) }];
    const born = '2024-01-01';
    const given = instanceOf(
      [kindergarten('K1', 1, { priority })],
      [
        child('z', born, wish(loser), { flags: [], ...loser }),
        child('a', born, wish(winner), { flags: [], ...winner }),
      ],
      config,
    );
    const result = allocate(given) as Result;
    expect(result.assigned).toMatchObject({ a: { k: 'K1' }, z: null });
    return (explain(given, result, 'z') as Rejection[])[0]!.decidedBy;
  };
  const flags = (...names: string[]): Given => ({ flags: names });
  const first = { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'] };
  const each = { mode: 'lexicographic', groups: ['law18', 'sibling', 'right'] };
  const points = { mode: 'points', points: { sibling: 2, right: 1.5, staff: 1.5 } };
  const then = (...names: string[]): Given => ({ ...first, then: names });

  test.each<[string, Given, Given, Given]>([
    ['group', first, flags('sibling'), flags('right')],
    ['flag:right', each, flags('sibling', 'right'), flags('sibling')],
    ['flag:law18', each, flags('law18'), flags('sibling', 'right')],
    ['points', points, flags('right', 'staff'), flags('sibling')],
    ['flag:law18', points, flags('law18'), flags('right', 'staff', 'sibling')],
    ['age', then('age:oldest'), { born: '2023-12-31' }, {}],
    ['age', then('age:youngest'), { born: '2024-01-02' }, {}],
    ['distance', then('distance'), { wish: { distance: 299.5 } }, { wish: { distance: 300 } }],
    ['distance', then('distance'), { wish: { distance: 5000 } }, {}],
    [
      'applied',
      then('age:oldest', 'applied'),
      { appliedAt: '2026-02-01T10:00:00Z' },
      { appliedAt: '2026-02-01T10:00:01Z' },
    ],
    ['applied', then('applied'), { appliedAt: '2026-02-01T10:00:00Z' }, {}],
    ['explicit', { mode: 'explicit', order: ['a'] }, {}, {}],
    ['id', then(), { family: 'f' }, { family: 'f' }],
  ])('names what decided: %s', (reason, priority, winner, loser) => {
    const config = reason === 'id' ? { lotteryUnit: 'family' } : {};
    expect(decidedBy(priority, winner, loser, config)).toBe(reason);
  });

  test('names the number of a wish, where a rule looks at it', () => {
    const given = instanceOf(
      [kindergarten('K1', 1, { priority: then('wishRank') }), kindergarten('K2', 0)],
      [child('z', '2023-01-01', ['K2', 'K1']), child('a', '2024-01-01', ['K1'])],
    );
    expect(explain(given, allocate(given) as Result, 'z')).toMatchObject([
      { outcome: 'rejected', decidedBy: 'capacity' },
      { outcome: 'rejected', decidedBy: 'wishRank', rank: 2, lastAdmittedRank: 1 },
    ]);
  });

  test('is of the result that the engine gives, and of no other; nor of a child that there is not', () => {
    const given = instanceOf([kindergarten('K1', 1)], [child('a', '2024-01-01', ['K1'])]);
    const result = allocate(given) as Result;
    expect(explain(given, { ...result, assigned: { a: null } }, 'a')).toEqual({ errors: ['E_OTHER_RESULT'] });
    expect(explain(given, result, 'b')).toEqual({ errors: ['E_UNKNOWN_APPLICATION'] });
    expect(explain({ ...given, applications: 7 }, result, 'a')).toMatchObject({ errors: ['E_FORMAT'] });
  });
});
