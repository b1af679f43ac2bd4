import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people } from '../../test/families.ts';
import { type OfferTown, notCaseWorkers, openBothTowns } from '../../test/offer-town.ts';
import { noteSchoolStart } from './note-school-start.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
});
afterAll(() => towns.close());

const note = ({ world }: OfferTown, actor: Actor, childId: string, reason = 'Vedtak om utsatt skolestart') =>
  noteSchoolStart(world.deps, actor, { childId, isDeferred: true, reason, idempotencyKey: newId() }).then(
    (answer) => (answer.ok ? 'noted' : answer.refusal.kind),
    (error: { code?: string }) => error.code,
  );

describe.each([
  ['with both locks', () => town],
  ['with row-level security switched off (S-12)', () => bare],
])('%s', (_which, of) => {
  test.each(notCaseWorkers)(
    'when a child begins school is not for %s to say (BHG-14, S-06)',
    async (_who, actor) => {
      for (const childId of [applicants.bo, newId()])
        expect(await note(of(), actor, childId)).toBe('NOT_FOUND');
    },
  );

  test('case workers say it of whoever has a place, and protection officers of the protected (ADR-04, GUA-24)', async () => {
    const { hidden, own } = of();
    expect(await note(of(), people.caseWorker, applicants.bo)).toBe('noted');
    expect(await note(of(), people.caseWorker, applicants.bo, ' ')).toBe('E_NO_REASON');
    // Without a place, the own child at work, a protected one, and one that is not there look the same.
    for (const childId of [applicants.ada, own, hidden, newId()])
      expect(await note(of(), people.caseWorker, childId)).toBe('NOT_FOUND');
    expect(await note(of(), people.officer, hidden)).toBe('noted');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  test('takes a note of case workers alone, in their own name, and lets nobody read it', async () => {
    const { world, hidden, own } = town;
    const insert = (actor: Actor, by: string, childId: string = applicants.bo) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into school_start_note (id, child_id, is_deferred, reason, noted_by, noted_at)
          values (${newId()}, ${childId}, true, 'why', ${by}, now())`),
      ).then(
        () => 'stored',
        (error: { cause?: { message: string } }) =>
          /row-level security/.exec(error.cause?.message ?? '')?.[0],
      );
    for (const [who, actor] of notCaseWorkers)
      if ('personId' in actor)
        expect([who, await insert(actor, actor.personId)]).toEqual([who, 'row-level security']);
    const { caseWorker, secondCaseWorker } = people;
    expect(await insert(caseWorker, secondCaseWorker.personId)).toBe('row-level security');
    for (const childId of [hidden, own])
      expect(await insert(caseWorker, caseWorker.personId, childId)).toBe('row-level security');
    expect(await insert(caseWorker, caseWorker.personId)).toBe('stored');
    await expect(
      lookAs(world.deps.db, caseWorker, (tx) => tx.execute(sql`select from school_start_note`)),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('permission denied') } });
  });
});
