import { isForgotten, moveAbove } from '@ranselpost/kit/meet-stream';
import { tellAll } from '@ranselpost/kit/outbox';
import * as forgotten from '../store/forgotten.ts';
import type { ToldEnrolments, ToldGuardians, ToldRoles } from '../store/facts.ts';
import { takeTurn } from '../store/turn.ts';
import * as workItems from '../store/work-items.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { startSnapshotAbove } from './snapshot.ts';

/** The last word on each fact that was told after the day this database was restored to. */
export interface LastWords {
  readonly guardians: readonly ToldGuardians[];
  readonly enrolments: readonly ToldEnrolments[];
  readonly roles: readonly ToldRoles[];
}

const batch = 200;

/**
 * Takes away once more what was taken away after the day this database was restored to (S-27). Who had access to a child
 * waits until the register has been read again, when somebody had lost it; null, and nobody can say who had: all of them.
 * Gives nobody anything. May be cut off anywhere and done again.
 */
export async function revokeAgain(deps: Deps, words: LastWords | null): Promise<void> {
  if (words === null) {
    while ((await holdChildren(deps, null)) > 0);
    return;
  }
  const day = today(deps);
  for (const some of inBatches(words.roles))
    await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      await forgotten.endRoles(tx, some, day);
    });
  for (const some of inBatches(words.enrolments))
    await deps.db.asService(async (tx) => {
      await takeTurn(tx);
      await forgotten.endEnrolments(tx, some, day);
    });
  for (const some of inBatches(words.guardians)) await holdChildren(deps, some);
}

async function holdChildren(deps: Deps, words: LastWords['guardians'] | null): Promise<number> {
  return deps.db.asService(async (tx) => {
    await takeTurn(tx);
    const children = await forgotten.bereft(tx, words, batch);
    await forgotten.unread(tx, children);
    await tellAll(tx, await deriveFamilies({ ...deps, db: tx }, children, 'restore'));
    return children.length;
  });
}

/** Tells everything anew, asks the registry for every word of the registers, and staff for what only they can know. */
export async function startOver(deps: EventDeps): Promise<void> {
  await takeTurn(deps.db);
  await workItems.open(deps.db, [{ childId: null, kind: 'RESTORED', id: deps.newId() }]);
  await startSnapshotAbove(deps);
}

/** What a copy says it has heard last, and where. */
export interface LastHeard {
  readonly place: number;
  readonly eventId: string | null;
}

/** Whether a copy remembers what nobody here does: this database has been restored since. */
export const hasForgotten = ({ db }: Deps, { place, eventId }: LastHeard): Promise<boolean> =>
  db.asService((tx) => isForgotten(tx, place, eventId));

/** Starts over above a place that a copy has heard of, when the stream cannot say what was told up to there. */
export async function startOverAbove(deps: Deps, { place }: LastHeard): Promise<void> {
  await revokeAgain(deps, null);
  await deps.db.asService(async (tx) => {
    await moveAbove(tx, place);
    await startOver({ ...deps, db: tx });
  });
}

const inBatches = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / batch) }, (_none, at) =>
    items.slice(at * batch, (at + 1) * batch),
  );
