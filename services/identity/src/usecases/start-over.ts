import { isForgotten, moveAbove } from '@ranselpost/kit/meet-stream';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import type { Safeguard } from '@ranselpost/schema/events/identity/safeguard-kept.v1';
import { decideLoss } from '../domain/grants.ts';
import type { Told } from '../domain/feature.ts';
import * as forgotten from '../store/forgotten.ts';
import type { ToldEnrolments, ToldGuardians, ToldRoles } from '../store/facts.ts';
import * as grants from '../store/grants.ts';
import * as pins from '../store/pins.ts';
import * as retention from '../store/retention.ts';
import * as tablets from '../store/tablets.ts';
import { takeTurn } from '../store/turn.ts';
import * as workItems from '../store/work-items.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { eraseAgain } from './erase-persons.ts';
import { keepAgain } from './keep-again.ts';
import { startSnapshotAbove } from './snapshot.ts';
import { stopAgain } from './stop-again.ts';

/** The last word on each fact that was told after the day this database was restored to. */
export interface LastWords {
  readonly guardians: readonly ToldGuardians[];
  readonly enrolments: readonly ToldEnrolments[];
  readonly roles: readonly ToldRoles[];
  readonly features: readonly Told[];
  readonly safeguards: readonly { readonly safeguardId: string; readonly safeguard: Safeguard }[];
  /** Who was erased since. */
  readonly erased: readonly { readonly personId: string }[];
}

const batch = 200;
const nobody = '00000000-0000-0000-0000-000000000000';
/** Who stands in the history of what is taken away. */
const actor = 'restore';

/**
 * Takes away once more what was taken away after the day this database was restored to (S-27). What somebody had lost is
 * held until staff have looked at it. Null, and nobody can say what was lost: whoever has access by what the register says
 * waits until it has been read again. Gives nobody anything. May be cut off anywhere and done again.
 */
export async function revokeAgain(deps: Deps, words: LastWords | null): Promise<void> {
  await inTurn(deps, (event) => stopAgain(event, words?.features ?? null));
  // Which tablets were taken out of use since, and which PINs were set anew, nobody can say.
  await inTurn(deps, async ({ db, now }) => {
    await tablets.unpairAll(db, now());
    await pins.forgetAll(db);
  });
  const day = today(deps);
  if (words === null) {
    // Who was erased since is due today as they were then, or is still held until that is lifted once more.
    await inTurn(deps, ({ db }) => retention.beginAgain(db, day));
    return holdEverybody(deps);
  }
  for (const some of inBatches(words.roles))
    await inTurn(deps, ({ db }) => forgotten.endRoles(db, some, day));
  for (const some of inBatches(words.enrolments))
    await inTurn(deps, ({ db }) => forgotten.endEnrolments(db, some, day));
  for (const some of inBatches(words.guardians)) await inTurn(deps, (event) => holdLosers(event, some));
  for (const some of inBatches(words.safeguards)) await inTurn(deps, (event) => keepAgain(event, some));
  // Last: what was decided about them since goes with them.
  for (const some of inBatches(words.erased))
    await inTurn(deps, (event) =>
      eraseAgain(
        event,
        some.map(({ personId }) => personId),
      ),
    );
}

async function holdLosers(deps: EventDeps, words: LastWords['guardians']): Promise<void> {
  const { db } = deps;
  const lost = await forgotten.lostGrants(db, words);
  const changes = await Promise.all(
    lost.map(async (grant) => ({
      ...decideLoss(grant),
      revision: await grants.revisionOf(db, grant.childId),
    })),
  );
  await grants.save(db, changes, actor);
  const losers = lost.map(({ personId }) => personId);
  const left = await grants.withGrounds(db, losers, today(deps));
  await tellAll(db, [
    ...(await deriveFamilies(
      deps,
      lost.map(({ childId }) => childId),
      actor,
    )),
    ...lost.map(({ personId, childId }) =>
      fact(accessRevokedV1, { personId, childId, hasOtherGrounds: left.has(personId) }),
    ),
  ]);
}

async function holdEverybody(deps: Deps): Promise<void> {
  for (let after = nobody; ;) {
    const children = await inTurn(deps, async (event) => {
      const some = await forgotten.withGrants(event.db, after, batch);
      await forgotten.unread(event.db, some);
      await tellAll(event.db, await deriveFamilies(event, some, actor));
      return some;
    });
    if (children.length < batch) return;
    after = children.at(-1)!;
  }
}

const inTurn = <Value>(deps: Deps, work: (event: EventDeps) => Promise<Value>): Promise<Value> =>
  deps.db.asService(async (tx) => {
    await takeTurn(tx);
    return work({ ...deps, db: tx });
  });

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
