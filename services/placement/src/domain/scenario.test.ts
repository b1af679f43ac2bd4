import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runScenario } from './scenario.ts';
import { tries } from './testing/instances.ts';

const day = (at: number): string => `2026-04-${String(at).padStart(2, '0')}T12:00:00Z`;
const offer = (app: string, pool: string, more = {}) => ({
  cmd: 'offer',
  app,
  pool,
  deadline: day(20),
  at: day(1),
  ...more,
});
const to = (cmd: string, name: string, more = {}) => ({ cmd, offer: name, at: day(2), ...more });
const next = (pool: string) => ({ cmd: 'next', pool });

const town = {
  pools: { A: 1, B: 2 },
  ranking: { A: ['x', 'y', 'z'], B: ['z', 'y', 'x'] },
  wishes: { x: ['A', 'B'], y: ['A', 'B'], z: ['B', 'A'], w: ['A', 'B'] },
  placed: { w: 'B' },
};
const played = (steps: readonly object[], setup: object = town) => {
  const answer = runScenario({ format: 'placement-scenario/1', setup, steps });
  if ('errors' in answer) throw new Error(JSON.stringify(answer));
  return answer;
};
const answers = (...steps: object[]) => played(steps).steps;

describe('an offer (placement § 9)', () => {
  test('is refused for its reasons, in their order', () => {
    expect(answers(offer('x', 'A'), offer('x', 'B'))).toEqual(['ok', 'E_OPEN_OFFER']);
    expect(answers(offer('w', 'A'), offer('nobody', 'A'), offer('x', 'C'))).toEqual([
      ...['E_NOT_WAITING', 'E_NOT_WAITING', 'E_NOT_WAITING'],
    ]);
    expect(answers(offer('x', 'A'), offer('y', 'A'), offer('z', 'A'))).toEqual(['ok', 'E_FULL', 'E_FULL']);
    expect(
      answers(offer('y', 'A'), offer('y', 'A', { reason: ' ' }), offer('y', 'A', { reason: 'moved' })),
    ).toEqual([...['E_NOT_NEXT', 'E_NOT_NEXT', 'ok']]);
  });

  test('goes to the first who waits and has none to answer, whether or not there is a seat', () => {
    expect(answers(next('A'), offer('x', 'A'), next('A'), next('B'), next('nowhere'))).toEqual([
      'x',
      'ok',
      'y',
      'z',
      '-',
    ]);
    expect(answers(offer('z', 'B'), next('B'), offer('y', 'B'))).toEqual(['ok', 'y', 'E_FULL']);
  });

  test('is answered once, until the instant of its deadline, and expires after it', () => {
    const late = { at: '2026-04-20T12:00:00.001Z' };
    expect(answers(offer('x', 'A'), to('accept', 'O1', { at: day(20) }), to('accept', 'O1'))).toEqual([
      'ok',
      'ok',
      'E_STATE',
    ]);
    expect(
      answers(
        ...[
          offer('x', 'A'),
          to('accept', 'O1', late),
          to('decline', 'O1', late),
          to('accept-keep', 'O1', late),
        ],
        ...[
          to('expire', 'O1', { at: day(20) }),
          to('expire', 'O1', late),
          to('accept', 'O1'),
          to('expire', 'O1', late),
        ],
      ),
    ).toEqual(['ok', 'E_DEADLINE', 'E_DEADLINE', 'E_DEADLINE', 'E_STATE', 'ok', 'E_STATE', 'E_STATE']);
    expect(answers(to('accept', 'O1'))).toEqual(['E_STATE']);
  });

  test('has its deadline by the clock of the offset, also in the night when an hour comes twice', () => {
    const deadline = '2026-10-25T02:30:00+01:00';
    const accept = (at: string) => answers(offer('x', 'A', { deadline }), to('accept', 'O1', { at }))[1];
    expect(accept('2026-10-25T02:59:59+02:00')).toBe('ok');
    expect(accept('2026-10-25T02:30:00+01:00')).toBe('ok');
    expect(accept('2026-10-25T01:30:00Z')).toBe('ok');
    expect(accept('2026-10-25T02:30:01+01:00')).toBe('E_DEADLINE');
  });
});

describe('what is answered (placement § 8)', () => {
  const final = (...steps: object[]) => played(steps).final;

  test('accepted: the child has the place and waits for nothing more', () => {
    expect(final(offer('x', 'A'), to('accept', 'O1'))).toEqual({
      placed: { w: 'B', x: 'A' },
      offers: { O1: 'accepted' },
      waiting: { y: ['A', 'B'], z: ['B', 'A'] },
    });
  });

  test('accepted, and staying on the list for what it wants more; a later offer frees the seat', () => {
    const steps = [offer('x', 'B', { reason: 'told by telephone' }), to('accept-keep', 'O1')];
    expect(final(...steps)).toMatchObject({
      placed: { x: 'B' },
      offers: { O1: 'accepted-keep' },
      waiting: { x: ['A'] },
    });
    const after = [...steps, offer('z', 'B'), offer('x', 'A'), to('accept', 'O2'), offer('z', 'B')];
    expect(played(after).steps).toEqual(['ok', 'ok', 'E_FULL', 'ok', 'ok', 'ok']);
    expect(played(after).final.placed).toEqual({ w: 'B', x: 'A' });
    expect(answers(offer('x', 'A'), to('accept-keep', 'O1'))).toEqual(['ok', 'E_NO_HIGHER']);
  });

  test('declined ends all, or that pool alone where the child stays; expired that pool alone', () => {
    expect(final(offer('x', 'A'), to('decline', 'O1')).waiting).not.toHaveProperty('x');
    expect(final(offer('x', 'A'), to('decline', 'O1', { stay: true })).waiting).toMatchObject({ x: ['B'] });
    expect(final(offer('x', 'A'), to('expire', 'O1', { at: day(21) }))).toMatchObject({
      ...{ offers: { O1: 'expired' }, waiting: { x: ['B'] } },
    });
  });

  test('withdrawn with a reason, which puts the child back where it was', () => {
    const steps = [
      offer('x', 'A'),
      to('withdraw', 'O1'),
      to('withdraw', 'O1', { reason: 'a mistake' }),
      next('A'),
    ];
    expect(answers(...steps)).toEqual(['ok', 'E_NO_REASON', 'ok', 'x']);
    expect(answers(offer('x', 'A'), to('accept', 'O1'), to('withdraw', 'O1', { reason: 'r' }))[2]).toBe(
      'E_STATE',
    );
  });

  test('a place that is given up is free, and the child waits no longer', () => {
    const steps = [offer('x', 'B', { reason: 'r' }), to('accept-keep', 'O1'), { cmd: 'resign', app: 'x' }];
    expect(played(steps)).toMatchObject({ steps: ['ok', 'ok', 'ok'], final: { placed: { w: 'B' } } });
    expect(played(steps).final.waiting).not.toHaveProperty('x');
    expect(answers({ cmd: 'resign', app: 'x' })).toEqual(['E_STATE']);
  });
});

test('there are never fewer seats than are taken or offered', () => {
  const seats = (pool: string, n: number) => ({ cmd: 'seats', pool, n });
  expect(
    answers(seats('B', 0), seats('B', 1), offer('z', 'B'), seats('B', 2), offer('z', 'B'), seats('B', 1)),
  ).toEqual([...['E_COMMITTED', 'ok', 'E_FULL', 'ok', 'ok', 'E_COMMITTED']]);
  expect(answers(seats('C', 1))).toEqual(['E_STATE']);
});

test('a command that is repeated gets the first answer, and nothing is done again', () => {
  const once = { key: 'k1' };
  expect(
    played([offer('x', 'A', once), offer('x', 'A', once), to('accept', 'O1'), offer('x', 'A', once)]),
  ).toMatchObject({
    ...{ steps: ['ok', 'ok', 'ok', 'ok'], final: { offers: { O1: 'accepted' } } },
  });
});

test('whatever is asked, no pool is over-committed, and no child has two places or two offers to answer (S-23)', () => {
  const children = ['w', 'x', 'y', 'z'];
  const app = fc.constantFrom(...children);
  const pool = fc.constantFrom('A', 'B');
  const at = fc.integer({ min: 1, max: 30 }).map(day);
  const name = fc.integer({ min: 1, max: 6 }).map((n) => `O${n}`);
  const step = fc.oneof(
    fc.record({ cmd: fc.constant('offer'), app, pool, deadline: at, at, reason: fc.constantFrom(null, 'r') }),
    fc.record({
      cmd: fc.constantFrom('accept', 'accept-keep', 'decline', 'expire', 'withdraw'),
      offer: name,
      at,
      stay: fc.boolean(),
      reason: fc.constantFrom(null, 'r'),
    }),
    fc.record({ cmd: fc.constant('resign'), app }),
    fc.record({ cmd: fc.constant('seats'), pool, n: fc.nat(3) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { final, steps: told } = played(steps);
      const seats: Record<string, number> = { ...town.pools };
      for (const [index, one] of steps.entries())
        if (one.cmd === 'seats' && told[index] === 'ok')
          seats[(one as { pool: string }).pool] = (one as { n: number }).n;
      const open = steps
        .filter((one, index) => one.cmd === 'offer' && told[index] === 'ok')
        .map((one, index) => ({
          ...(one as { app: string; pool: string }),
          state: final.offers[`O${index + 1}`],
        }))
        .filter(({ state }) => state === 'sent');
      for (const [one, count] of Object.entries(seats)) {
        const taken = Object.values(final.placed).filter((at_) => at_ === one).length;
        expect(taken + open.filter((some) => some.pool === one).length).toBeLessThanOrEqual(count);
      }
      expect(new Set(open.map((one) => one.app)).size).toBe(open.length);
    }),
    tries(150),
  );
});

test('what is wrong with a scenario is told with its path', () => {
  const paths = (given: unknown) => {
    const answer = runScenario(given);
    return 'errors' in answer ? [answer.errors, answer.problems?.map(({ path }) => path)] : [];
  };
  expect(paths(7)[0]).toEqual(['E_FORMAT']);
  const setup = { ...town, wishes: { x: ['C'] }, placed: { a: 'A', b: 'A' } };
  const steps = [
    { cmd: 'fly' },
    { cmd: 'accept', offer: 'O1' },
    { cmd: 'accept', offer: 'O1', at: '2026-02-30' },
    { cmd: 'seats', pool: 'A', n: -1 },
  ];
  expect(paths({ format: 'placement-scenario/1', setup, steps })).toEqual([
    ['E_FORMAT'],
    ['setup.wishes.x[0]', 'setup.placed', 'steps[0].cmd', ...expectedAfter],
  ]);
});

/** A command that there is none of is read as the first one, so what that would need is missing too. */
const expectedAfter: readonly string[] = [
  ...['steps[0].app', 'steps[0].pool', 'steps[0].deadline'],
  ...['steps[1].at', 'steps[2].at', 'steps[3].n'],
];
