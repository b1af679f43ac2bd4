import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { type Name, type World, familiarRoster, openWorld } from '../testing/world.ts';
import { today } from './deps.ts';
import { endRoles } from './end-roles.ts';
import { importRoster } from './import-roster.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const names = (ids: readonly string[]): readonly string[] =>
  ids.map((id) => Object.entries(world.id).find(([, known]) => known === id)?.[0] ?? id).toSorted();

/** Who was told to hold no role any more since this was asked last. */
const ended = async (): Promise<readonly string[]> =>
  names(
    (await world.told())
      .filter(({ type }) => type === 'identity.roles.ended.v1')
      .map(({ subject }) => subject),
  );

async function take(change: (roster: TestRoster) => TestRoster): Promise<void> {
  const taken = await importRoster(world.deps, rosterFile(change(familiarRoster(world.number))), {
    mayEndMuch: true,
  });
  expect(taken.ok).toBe(true);
}

const without =
  (person: Name, ...targets: readonly string[]) =>
  (roster: TestRoster) => ({
    ...roster,
    places: roster.places.filter((place) => place.person !== person || !targets.includes(place.target)),
  });
const atDay = (instant: string): Promise<number> => {
  world.setNow(instant);
  return endRoles(world.deps, today(world.deps));
};

describe('a last role', () => {
  test('of somebody who had left before they were known is told to be over', async () => {
    expect(await ended()).toEqual(['former']);
  });

  test('that a roster does not have any more is told at once, and one of two is not (S-02)', async () => {
    await take(without('teacher', 'school', '3A'));
    expect(await ended()).toEqual([]);
    await take(without('teacher', 'school', '3A', '3A-1'));
    expect(await ended()).toEqual(['teacher']);
    await take((roster) => roster);
    expect(await ended()).toEqual([]);
  });

  test('that has a last day is told at midnight in Norway, and by nothing before it (S-02)', async () => {
    await take((roster) => ({
      ...roster,
      places: roster.places.map((place) =>
        place.person === 'assistant' ? { ...place, until: '2026-11-22' } : place,
      ),
    }));
    expect(await atDay('2026-11-22T22:59:59Z')).toBe(0);
    expect(await ended()).toEqual([]);
    expect(await atDay('2026-11-22T23:00:00Z')).toBe(1);
    expect(await ended()).toEqual(['assistant']);
  });

  test('is told once more to whoever takes over that day or the next, and then no more', async () => {
    expect(await atDay('2026-11-23T08:00:00Z')).toBe(1);
    expect(await atDay('2026-11-24T08:00:00Z')).toBe(1);
    expect(await ended()).toEqual(['assistant', 'assistant']);
    expect(await atDay('2026-11-25T08:00:00Z')).toBe(0);
  });
});
