import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '../src/usecases/deps.ts';
import { machine, people } from './families.ts';
import { adoptAll } from './rounds.ts';
import { type World, openTown } from './world.ts';

/** Everybody who runs no rounds. */
export const notCaseWorkers: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['a guardian', people.mother],
  ['the leader of a unit that takes part', people.leaderOfSolhaug],
  ['the leader of another unit', people.otherLeader],
  ['a protection officer', people.officer],
  ['an administrator of the municipality', people.administrator],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(people.caseWorker.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

/** Those of them who are persons: a machine is nobody in whose name anything could be tried to be stored. */
export const peopleNotCaseWorkers = notCaseWorkers.filter(([, actor]) => 'personId' in actor);

/** By what an attempt was barred: `NOT_FOUND`, or what row-level security says of it. */
export const barOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { code?: string; cause?: { code?: string } }) => error.code ?? error.cause?.code ?? String(error),
  );

/** A change of rounds as it is tried: with what there is to change, and with what there is not. */
export interface Change {
  /** Makes what is to be changed, and answers its id. */
  readonly prepare: (deps: Deps, world: World) => Promise<string>;
  readonly act: (deps: Deps, actor: Actor, id: string) => Promise<{ readonly ok: boolean }>;
  /** Who does it in the end, and is not refused. */
  readonly by?: Actor;
}

/** Says of a change that it is for case workers alone, with both locks and with the second switched off (S-12). */
export function forCaseWorkersAlone({ prepare, act, by = people.caseWorker }: Change): void {
  let towns: readonly (World & { readonly id: string })[] = [];
  beforeAll(async () => {
    towns = await Promise.all(
      [false, true].map(async (isSecondLockOff) => {
        const world = await openTown({ isSecondLockOff });
        await adoptAll(world.deps);
        return { ...world, id: await prepare(world.deps, world) };
      }),
    );
  });
  afterAll(() => Promise.all(towns.map((town) => town.close())));
  const outcome = (deps: Deps, actor: Actor, id: string) =>
    act(deps, actor, id).then(
      ({ ok }) => (ok ? 'done' : 'refused'),
      (error: { code?: string }) => error.code,
    );

  test.each(notCaseWorkers)('is refused to %s, as of what does not exist (S-06)', async (_who, actor) => {
    const { deps, id } = towns[0]!;
    for (const one of [id, newId()]) expect(await outcome(deps, actor, one)).toBe('NOT_FOUND');
  });

  test.each(notCaseWorkers)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      const { deps, id } = towns[1]!;
      for (const one of [id, newId()]) expect(await outcome(deps, actor, one)).toBe('NOT_FOUND');
    },
  );

  test('is open to a case worker', async () => {
    for (const { deps, id } of towns) expect(await outcome(deps, by, id)).toBe('done');
  });
}
