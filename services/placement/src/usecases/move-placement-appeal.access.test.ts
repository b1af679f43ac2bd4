import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, notCaseWorkers, openBothTowns } from '../../test/offer-town.ts';
import { type AppealToMove, moveAppeal } from './move-appeal.ts';
import { openDecision } from './open-decision.ts';
import { readChildDecisions } from './read-decisions.ts';
import { readWaitingAppeals } from './read-appeals.ts';
import { readPoolList } from './read-pools.ts';
import { writeDueLetters } from './write-letters.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
/** Bo's family, who has a place, appeals about Solhaug all the same. */
async function appealOf({ world, apps }: OfferTown): Promise<string> {
  const { admin } = world.database;
  await admin`update admission_round set state = 'APPEAL'`;
  await admin`
    insert into wish (application_id, child_id, round_id, rank, unit_id)
    select id, child_id, round_id, 1, ${places.solhaug} from placement_application where id = ${apps.bo}`;
  const id = newId();
  await admin`
    insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, appealed_by, received_at)
    select ${id}, id, child_id, round_id, ${places.solhaug}, 'why', 'RECEIVED', ${people.otherGuardian.personId}, now()
    from placement_application where id = ${apps.bo}`;
  return id;
}
let appealIds: ReadonlyMap<OfferTown, string>;
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
  appealIds = new Map([
    [town, await appealOf(town)],
    [bare, await appealOf(bare)],
  ]);
});
afterAll(() => towns.close());

const move = (
  { world }: OfferTown,
  actor: Actor,
  appealId: string,
  name: AppealToMove['move'],
  reason = 'because',
) =>
  moveAppeal(world.deps, actor, {
    ...{
      appealId,
      move: name,
      reason,
      outcome: name === 'CLOSE' ? ('rejected' as const) : null,
      idempotencyKey: newId(),
    },
  }).then(
    (answer) => (answer.ok ? 'done' : answer.refusal.kind),
    (error: { code?: string }) => error.code,
  );

describe.each([
  ['with both locks', () => town],
  ['with row-level security switched off (S-12)', () => bare],
])('%s', (_which, of) => {
  test.each(notCaseWorkers)('an appeal is not there to decide on for %s (S-06)', async (_who, actor) => {
    for (const id of [appealIds.get(of())!, newId()])
      expect(await move(of(), actor, id, 'UPHOLD')).toBe('NOT_FOUND');
  });

  const waitingFor = async (actor: Actor) => {
    const found = await readWaitingAppeals(of().world.deps, actor, { first: 10, after: null });
    return found?.map(({ id, waitsFor }) => [id, waitsFor]) ?? null;
  };

  test.each(notCaseWorkers.filter(([, actor]) => actor !== people.officer))(
    'there is no list of those that wait for %s (S-06)',
    async (_who, actor) => {
      expect(await waitingFor(actor)).toBeNull();
    },
  );

  test('those that wait are for case workers, each with what for; a protection officer has those of the protected (BHG-17, ADR-04)', async () => {
    expect(await waitingFor(people.caseWorker)).toEqual([[appealIds.get(of()), 'HEAR_OWNER']]);
    expect(await waitingFor(people.officer)).toEqual([]);
  });

  test('is upheld once the owner is heard, and puts the child ahead of others (BHG-17, BHG-18)', async () => {
    const id = appealIds.get(of())!;
    const { world, poolId, apps } = of();
    expect(await move(of(), people.caseWorker, id, 'UPHOLD')).toBe('E_OWNER_UNHEARD');
    expect(await move(of(), people.caseWorker, id, 'HEAR_OWNER', ' ')).toBe('E_NO_REASON');
    expect(await move(of(), people.caseWorker, id, 'HEAR_OWNER')).toBe('done');
    const before = await readPoolList(world.deps, people.secondCaseWorker, poolId, { first: 100, after: 0 });
    expect(before).toMatchObject({
      listed: [{ applicationId: apps.ada }, { applicationId: apps.bo, isActive: false }, {}],
    });
    expect(await move(of(), people.caseWorker, id, 'UPHOLD')).toBe('done');
    expect(await move(of(), people.secondCaseWorker, id, 'REJECT')).toBe('E_STATE');
    const after = await readPoolList(world.deps, people.secondCaseWorker, poolId, { first: 100, after: 0 });
    expect(after).toMatchObject({
      next: apps.bo,
      listed: [
        { applicationId: apps.bo, position: 1, isActive: true },
        { applicationId: apps.ada, position: 2 },
        {},
      ],
    });
    // Each act is an entry of the archive's (ADM-06).
    expect(await world.database.admin`select from archive_entry where case_id = ${id}`).toHaveLength(2);
    // Nobody lost a place by it.
    expect(await world.database.admin`select from place where released_at is null`).toHaveLength(2);
  });

  test('what was decided is a letter to the family, with reasons and without another appeal (BHG-17, ADM-02)', async () => {
    const { world } = of();
    const lettersOn = () => world.database.admin<{ id: string; content: unknown }[]>`
      select id, content from decision_letter where subject_id = ${appealIds.get(of())!}`;
    expect(await lettersOn()).toMatchObject([
      { content: { kind: 'APPEAL', outcome: 'UPHELD', reason: 'because' } },
    ]);
    await writeDueLetters({ ...world.deps, maxStaleness: 60 });
    const [letter] = await lettersOn();
    expect(await openDecision(world.deps, people.otherGuardian, letter!.id)).toMatchObject({
      decision: { kind: 'APPEAL' },
      text: expect.stringMatching(/gitt medhold i klagen.*Solhaug barnehage(.|\n)*Begrunnelse: because/),
      complaintUntil: null,
    });
  });
});

test('about a protected child is a letter to whoever appealed, and to no other guardian (ADM-05, ADR-11)', async () => {
  const { world, apps, hidden } = town;
  const id = newId();
  await world.database.admin`
    insert into wish (application_id, child_id, round_id, rank, unit_id)
    select id, child_id, round_id, 1, ${places.solhaug} from placement_application where id = ${apps.ofHidden}`;
  await world.database.admin`
    insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, appealed_by, received_at)
    select ${id}, id, child_id, round_id, ${places.solhaug}, 'why', 'LATE', ${people.mother.personId}, now()
    from placement_application where id = ${apps.ofHidden}`;
  expect(await move(town, people.officer, id, 'DISMISS')).toBe('done');
  await writeDueLetters({ ...world.deps, maxStaleness: 60 });
  const appealsFor = async (actor: Actor) =>
    (await readChildDecisions(world.deps, actor, [hidden]))[0]?.filter(({ kind }) => kind === 'APPEAL')
      .length;
  expect([await appealsFor(people.mother), await appealsFor(people.father)]).toEqual([1, 0]);
});

describe('with the first lock off, row-level security still (S-12)', () => {
  test('takes no move of anybody but a case worker, and none that does not follow', async () => {
    const { world } = town;
    const insert = (actor: Actor, by: string, name = 'FORWARD') =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into appeal_move (appeal_id, nth, child_id, move, to_state, upholds, reason, made_by, made_at)
          values (${appealIds.get(town)!}, 3, ${applicants.bo}, ${name}, 'FORWARDED', false, 'why', ${by}, now())`),
      ).then(
        () => 'stored',
        (error: { cause?: { message: string } }) =>
          /row-level security|stands elsewhere/.exec(error.cause?.message ?? '')?.[0],
      );
    for (const [who, actor] of notCaseWorkers)
      if ('personId' in actor)
        expect([who, await insert(actor, actor.personId)]).toEqual([who, 'row-level security']);
    expect(await insert(people.caseWorker, people.secondCaseWorker.personId)).toBe('row-level security');
    expect(await insert(people.caseWorker, people.caseWorker.personId)).toBe('stands elsewhere');
  });
});
