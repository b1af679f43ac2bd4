import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveRound } from '../../test/applications.ts';
import { type Claimed, withClaims } from '../../test/claims.ts';
import { documentWith, withoutLookingInside } from '../../test/documents.ts';
import { applicants, people } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { removeClaimDocument } from './remove-claim-document.ts';
import { withdrawClaim } from './withdraw-claim.ts';

const { mother, father } = people;
interface Town {
  readonly world: World;
  readonly ours: Claimed;
  /** Of the mother, with the claim that any case worker decides on. */
  readonly document: string;
}
let town: Town;
let bare: Town;
async function aTown(world: World): Promise<Town> {
  withoutLookingInside(world);
  const ours = await withClaims(world);
  return { world, ours, document: await documentWith(world.deps, mother, ours.general) };
}
beforeAll(async () => {
  town = await aTown(await openTown());
  bare = await aTown(await openTown({ isSecondLockOff: true }));
});
afterAll(() => Promise.all([town.world.close(), bare.world.close()]));

describe('taking back a claim and a document (BHG-09, S-20)', () => {
  test.each(notResponsible)(
    'is refused to %s, as of what does not exist, also with row-level security off (S-06, S-12)',
    async (_who, actor) => {
      for (const { world, ours, document } of [town, bare])
        for (const claimId of [ours.general, newId()]) {
          expect(await outcomeOf(withdrawClaim(world.deps, actor, claimId))).toBe('NOT_FOUND');
          const removal = removeClaimDocument(world.deps, actor, { claimId, documentId: document });
          expect(await outcomeOf(removal)).toBe('NOT_FOUND');
        }
    },
  );

  test('is refused to the other guardian: of the claim, and of the document as of one that there is none of (ADM-07)', async () => {
    for (const { world, ours, document } of [town, bare]) {
      expect(await withdrawClaim(world.deps, father, ours.general)).toEqual({
        ...{ ok: false, refusal: { kind: 'E_NOT_CLAIMANT' } },
      });
      for (const documentId of [document, newId()])
        expect(await removeClaimDocument(world.deps, father, { claimId: ours.general, documentId })).toEqual({
          ok: false,
          refusal: { kind: 'ATTACHMENT_GONE' },
        });
    }
  });

  test('with the first lock off, is barred by row-level security, and by what was decided or is over (S-12, ADM-10)', async () => {
    const { world, ours, document } = town;
    const { admin } = world.database;
    const take = (actor: Actor, table: 'claim' | 'claim_document', id: string) =>
      storing(
        lookAs(world.deps.db, actor, (tx) =>
          tx.execute(sql`delete from ${sql.raw(table)} where id = ${id} returning id`),
        ),
      );
    const both = async (actor: Actor) => [
      await take(actor, 'claim_document', document),
      await take(actor, 'claim', ours.general),
    ];
    for (const [, actor] of [...notResponsible, ['the other guardian', father] as const])
      expect(await both(actor)).toEqual(['nothing', 'nothing']);
    await moveRound(world, ours.roundId, 'PUBLISHED');
    expect(await both(mother)).toEqual(['barred', 'nothing']);
    await moveRound(world, ours.roundId, 'OPEN');
    await admin`update claim set verdict = 'GRANTED' where id = ${ours.general}`;
    expect(await both(mother)).toEqual(['barred', 'nothing']);
    await admin`update claim set verdict = 'UNDECIDED' where id = ${ours.general}`;
    await admin`update placement_application set state = 'WAITING' where id = ${ours.applicationId}`;
    expect(await take(mother, 'claim', ours.general)).toBe('nothing');
    await admin`update placement_application set state = 'SUBMITTED' where id = ${ours.applicationId}`;
    expect(await both(mother)).toEqual(['stored', 'stored']);
  });

  test('is open to whoever claimed and sent it', async () => {
    const { world, ours, document } = bare;
    const removal = removeClaimDocument(world.deps, mother, { claimId: ours.general, documentId: document });
    expect(await outcomeOf(removal)).toBe('permitted');
    expect(await outcomeOf(withdrawClaim(world.deps, mother, ours.general))).toBe('permitted');
  });

  test('answers whoever took it back the same once more, and for anybody else there is no such claim any more (S-06, S-22)', async () => {
    const { general, applicationId } = town.ours;
    for (const { world, ours } of [town, bare]) {
      expect(await withdrawClaim(world.deps, mother, ours.general)).toEqual({
        ...{ ok: true, value: { applicationId: ours.applicationId } },
      });
      for (const [, actor] of [...notResponsible, ['the other guardian', father] as const])
        expect(await outcomeOf(withdrawClaim(world.deps, actor, ours.general))).toBe('NOT_FOUND');
    }
    const known = (actor: Actor) =>
      lookAs(town.world.deps.db, actor, (tx) =>
        tx.execute(sql`select application_id from claim_withdrawal where claim_id = ${general}`),
      );
    expect(await known(mother)).toEqual([{ application_id: applicationId }]);
    for (const [, actor] of [...notResponsible, ['the other guardian', father] as const])
      expect(await known(actor)).toHaveLength(0);
    await town.world.identity.guardians(applicants.ada, [father.personId]);
    await town.world.settled();
    expect(await outcomeOf(withdrawClaim(town.world.deps, mother, general))).toBe('NOT_FOUND');
    expect(await known(mother)).toHaveLength(0);
  });
});
