import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Claimed, named, withClaims } from '../../test/claims.ts';
import { documentWith, withoutLookingInside } from '../../test/documents.ts';
import { people } from '../../test/families.ts';
import { notResponsible, outcomeOf } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { removeClaimDocument } from './remove-claim-document.ts';

// With either lock alone it is tried where claims are taken back (`withdraw-placement-claim.access.test.ts`).
const { mother, father, caseWorker } = people;
let world: World;
let ours: Claimed;
beforeAll(async () => {
  world = await openTown();
  withoutLookingInside(world);
  ours = await withClaims(world);
  await named(world, ours.sensitive, caseWorker);
});
afterAll(() => world.close());

describe('taking back a document by which priority by law is decided (BHG-09, P24)', () => {
  test('is refused to whoever decides by it and to everybody else, and open to whoever sent it (S-06, S-20)', async () => {
    const documentId = await documentWith(world.deps, mother, ours.sensitive);
    const remove = (actor: (typeof notResponsible)[number][1]) =>
      outcomeOf(removeClaimDocument(world.deps, actor, { claimId: ours.sensitive, documentId }));
    for (const [, actor] of notResponsible) expect(await remove(actor)).toBe('NOT_FOUND');
    expect(await remove(father)).toBe('refused');
    expect(await remove(mother)).toBe('permitted');
  });

  test('of a protected child is so too (ADR-04)', async () => {
    const documentId = await documentWith(world.deps, mother, ours.hidden);
    const input = { claimId: ours.hidden, documentId };
    expect(await outcomeOf(removeClaimDocument(world.deps, people.officer, input))).toBe('NOT_FOUND');
    expect(await outcomeOf(removeClaimDocument(world.deps, mother, input))).toBe('permitted');
  });
});
