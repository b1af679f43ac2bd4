import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectHidden, expectSeen, soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
let father: Visitor;
let child: string;

const toMother = { kind: 'sole-responsibility', child: 'F1.older', holder: 'F1.mother' };
const toBoth = { kind: 'joint-responsibility', child: 'F1.older', holders: ['F1.mother', 'F1.father'] };

beforeAll(async () => {
  child = await town.idOf('F1.older');
  // He keeps the younger child, and with it his session.
  father = await town.visit('guardian', 'F1.father');
  await expectSeen(father, child);
});
afterEach(async () => {
  await town.control('freg', 'faults', undefined, 'DELETE');
  await town.control('freg', 'modes', { beyondLast: 'empty' });
  await town.live(toBoth);
  await soon(() => expectSeen(father, child));
});
afterAll(() => town.close());

const arm = (kind: string, more: object): Promise<unknown> =>
  town.control('freg', 'faults', { kind, ...more });
const armed = async (): Promise<readonly { readonly times: number | null }[]> =>
  ((await town.control('freg', 'faults', undefined, 'GET')) as { armed: { times: number | null }[] }).armed;
const counted = (outcome: string): Promise<number> =>
  town.metric('registry', 'registry_feed_events_total', `outcome="${outcome}"`);

describe('a revocation arrives all the same', () => {
  test.each([
    ['a page of a firewall', 'html', { status: 403 }],
    ['a page that says it is fine', 'html', { status: 200 }],
    ['torn JSON', 'malformed', {}],
    ['that it has failed', 'error', { status: 500 }],
    ['that it is away, as Fiks says it', 'error', { status: 503, shape: 'fiks' }],
    ['that it is asked too often, to wait some milliseconds', 'throttle', { retryAfterMs: 300 }],
  ])(
    'when the register answers %s, to the feed and to look-ups (FREG-07, S-21)',
    async (_what, kind, more) => {
      await arm(kind, { endpoint: 'feed', times: 3, ...more });
      await arm(kind, { endpoint: 'bulk', times: 2, ...more });
      await town.live(toMother);
      await soon(() => expectHidden(father, child));
      expect(await armed()).toEqual([]);
    },
  );

  test('when the feed repeats an event, and the repetition is counted (FREG-03, S-24)', async () => {
    const before = await counted('repeated');
    await arm('duplicate', { times: 1 });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
    await soon(async () => expect(await counted('repeated')).toBeGreaterThan(before));
  });

  test('when the feed goes a thousand events back, and that is counted (FREG-03, S-24)', async () => {
    const before = await counted('repeated');
    await arm('no-etag', { times: 3 });
    await arm('old-page', { times: 3 });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
    await soon(async () => expect(await counted('repeated')).toBeGreaterThan(before + 900));
  });

  test('when numbers are jumped over, and they are counted (FREG-02)', async () => {
    const before = await counted('gap');
    await arm('gap', { size: 50 });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
    expect(await counted('gap')).toBe(before + 50);
  });

  test('when the feed says 404 for what is not there yet (FREG-02)', async () => {
    await town.control('freg', 'modes', { beyondLast: '404' });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
  });

  test('when events of a type nobody has heard of come before it, and they are counted (FREG-04)', async () => {
    const before = await counted('unknown type');
    await town.live({ kind: 'unknown-event', person: 'F1.older' });
    await town.live({ kind: 'unknown-event', person: 'F1.mother', type: 'endringINoeNytt' });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
    expect(await counted('unknown type')).toBe(before + 2);
  });

  test('when it comes behind five thousand events about others, of whom nothing is kept (FREG-06)', async () => {
    const before = await counted('not ours');
    await town.live({ kind: 'flood', count: 5_000 });
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
    expect(await counted('not ours')).toBeGreaterThanOrEqual(before + 5_000);
  });

  test('when it lies in a part of the feed that the register has forgotten, and staff are told of that (FREG-02)', async () => {
    await arm('error', { endpoint: 'feed', times: null, status: 503 });
    await town.live(toMother);
    await town.live({ kind: 'flood', count: 10 });
    const { last } = (await town.control('freg', 'state', undefined, 'GET')) as { last: number };
    await town.control('freg', 'feed-start', { oldest: last + 1 });
    await town.control('freg', 'faults', undefined, 'DELETE');
    await soon(() => expectHidden(father, child));
    await soon(async () => expect(await town.workItems(null)).toEqual(['FEED_INTERRUPTED']));
  });

  test('when the register was away as a whole (S-28)', async () => {
    await town.stack.kill('freg');
    await expectSeen(father, child);
    await town.stack.startPart('freg');
    await town.live(toMother);
    await soon(() => expectHidden(father, child));
  });
});

describe('a look-up that cannot be read', () => {
  test('leaves what was known, for that child and for others (GUA-01, S-26)', async () => {
    const mother = await town.visit('guardian', 'F1.mother');
    await arm('malformed', { endpoint: 'bulk', times: 100 });
    await town.live({ kind: 'person-updated', people: ['F1.older', 'F1.father', 'F3.shared'] });
    await soon(async () => expect((await armed()).map(({ times }) => times)).not.toContain(100));
    await expectSeen(father, child);
    await expectSeen(mother, child);
    await town.live(toMother);
    await town.control('freg', 'faults', undefined, 'DELETE');
    await soon(() => expectHidden(father, child));
    await expectSeen(mother, child);
  });
});
