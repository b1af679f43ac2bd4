import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { aRound, draftFor, drafted, sent, withoutApplications } from '../../test/applications.ts';
import { applicants, people, places } from '../../test/families.ts';
import { notResponsible, outcomeOf } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { changeApplication } from './change-application.ts';
import { enterPaperApplication } from './enter-paper-application.ts';
import { saveApplication } from './save-application.ts';
import { submitApplication } from './submit-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const { mother, father, caseWorker } = people;
let world: World;
let sentId: string;
let otherRound: string;
let otherDraft: string;
beforeEach(async () => {
  world ??= await openTown();
  await hide('OPEN');
  await withoutApplications(world);
  ({ id: sentId } = await sent(world.deps, mother, draftFor(await aRound(world))));
  otherRound = await aRound(world);
  ({ id: otherDraft } = await drafted(world.deps, mother, draftFor(otherRound)));
  await hide('SUSPENDED');
});
afterAll(() => world.close());

/** Admission at the unit that is wished for first, with all that there is of it. */
async function hide(state: 'OPEN' | 'SUSPENDED'): Promise<void> {
  await world.identity.features(places.solhaug, [
    { feature: 'PLACEMENT', state, isReadable: state === 'OPEN' },
  ]);
  await world.settled();
}
const key = () => ({ idempotencyKey: newId() });
const written = { wishes: [{ kindergarten: places.fjordbakken, rank: 1, sibling: null }], wantedStart: null };

describe('while a unit that is wished for is hidden (X07)', () => {
  test('whoever applied withdraws, and nobody else does (BHG-07, GUA-22)', async () => {
    const withdraw = (actor: Actor, id = sentId) => outcomeOf(withdrawApplication(world.deps, actor, id));
    for (const [, actor] of notResponsible) expect(await withdraw(actor)).toBe('NOT_FOUND');
    expect(await withdraw(father)).toBe('refused');
    expect(await withdraw(father, otherDraft)).toBe('NOT_FOUND');
    for (const id of [sentId, sentId, otherDraft])
      expect(await withdrawApplication(world.deps, mother, id)).toEqual({ ok: true, value: null });
    expect(await world.database.admin`select id, state from placement_application`).toEqual([
      { id: sentId, state: 'WITHDRAWN' },
    ]);
  });

  test('nothing is written at what may not be shown, nor beside it: it is closed, and no failure', async () => {
    const { deps } = world;
    for (const attempt of [
      () => changeApplication(deps, mother, { ...written, applicationId: sentId, version: 3, ...key() }),
      () => submitApplication(deps, mother, { applicationId: otherDraft, ...key() }),
      () => saveApplication(deps, mother, { ...draftFor(otherRound), ...written }),
      () =>
        enterPaperApplication(deps, caseWorker, {
          ...{ ...written, childId: applicants.ada, roundId: otherRound },
          ...{ guardianIds: [mother.personId, father.personId], receivedAt: new Date(), ...key() },
        }),
    ])
      expect(await outcomeOf(attempt()), attempt.toString()).toBe('FEATURE_CLOSED');
    const others = changeApplication(deps, people.otherGuardian, {
      ...{ ...written, applicationId: sentId, version: 3, ...key() },
    });
    expect(await outcomeOf(others)).toBe('NOT_FOUND');
  });

  test('with the first lock off, nobody else finds what is to be withdrawn, nor throws a draft away (S-12)', async () => {
    const found = async (actor: Actor, id: string) =>
      (
        await lookAs(world.deps.db, actor, (tx) =>
          tx.execute(sql`select id from application_to_withdraw(${id})`),
        )
      ).length;
    for (const [, actor] of notResponsible) {
      expect([await found(actor, sentId), await found(actor, otherDraft)]).toEqual([0, 0]);
      await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select discard_draft(${otherDraft})`));
    }
    expect([await found(father, sentId), await found(father, otherDraft)]).toEqual([1, 0]);
    await lookAs(world.deps.db, father, (tx) => tx.execute(sql`select discard_draft(${otherDraft})`));
    expect([await found(mother, sentId), await found(mother, otherDraft)]).toEqual([1, 1]);
  });
});
