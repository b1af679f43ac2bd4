import { newId } from '@ranselpost/kit/ids';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Claimed, named, withClaims } from '../../test/claims.ts';
import {
  documentOf,
  documentWith,
  givenTo,
  send,
  statement,
  withoutLookingInside,
} from '../../test/documents.ts';
import { people } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { addClaimDocument } from './add-claim-document.ts';
import { giveDocument, readClaimDocuments } from './read-claim-documents.ts';
import { readClaims } from './read-claims.ts';

const { mother, father, caseWorker, secondCaseWorker, officer } = people;
interface Town {
  readonly world: World;
  readonly claims: Claimed;
  /** Of the mother, with a claim for any case worker, with one by law, with one of a protected child. */
  readonly documents: { readonly general: string; readonly sensitive: string; readonly hidden: string };
}
let ours: Town;
let bare: Town;

async function aTown(world: World): Promise<Town> {
  withoutLookingInside(world);
  const claims = await withClaims(world);
  await named(world, claims.sensitive, caseWorker);
  const put = (id: string) => documentWith(world.deps, mother, id);
  const documents = {
    general: await put(claims.general),
    sensitive: await put(claims.sensitive),
    hidden: await put(claims.hidden),
  };
  return { world, claims, documents };
}
beforeAll(async () => {
  ours = await aTown(await openTown());
  bare = await aTown(await openTown({ isSecondLockOff: true }));
});
afterAll(() => Promise.all([ours.world.close(), bare.world.close()]));

const add = ({ world: { deps } }: Town, actor: Actor, claimId: string, documentId: string) =>
  outcomeOf(addClaimDocument(deps, actor, { claimId, documentId }));
const towns = () => [ours, bare];

type Which = keyof Town['documents'];
/** Who reads which documents of the mother’s, and nobody else does. */
const readers: readonly (readonly [string, Actor, readonly Which[]])[] = [
  ['whoever sent them', mother, ['general', 'sensitive', 'hidden']],
  ['the other guardian (ADM-07, ADR-11)', father, []],
  ['whoever was named for the claim by law (BHG-09, P24)', caseWorker, ['general', 'sensitive']],
  ['a case worker who named another', secondCaseWorker, ['general']],
  ['a protection officer (ADR-04)', officer, ['hidden']],
  ['whoever sent them, signed in as staff (GUA-24)', staff(mother.personId), []],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(caseWorker.personId), []],
  ...notResponsible
    .filter(([, actor]) => actor !== caseWorker && actor !== officer)
    .map(([who, actor]) => [who, actor, []] as const),
];

describe('a document that shows what is claimed (P05, BHG-09)', () => {
  test.each(readers)(
    'is read by %s as far as it is theirs, with both locks and with either (S-12)',
    async (_who, actor, which) => {
      for (const { world, claims, documents } of towns())
        for (const [kind, id] of Object.entries(documents) as [Which, string][]) {
          const isTheirs = which.includes(kind);
          const [shown] = await readClaimDocuments(world.deps, actor, [claims[kind]]);
          expect([kind, shown?.map((one) => one.id)]).toEqual([kind, isTheirs ? [id] : []]);
          if (isPerson(actor))
            expect([kind, await givenTo(world.deps, actor, id)]).toEqual([
              kind,
              isTheirs ? statement : 'NOT_FOUND',
            ]);
        }
      // The first lock switched off: what the database shows of it.
      const { world, documents } = ours;
      const rows = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute<{ id: string }>(sql`select id from claim_document`),
      );
      expect(rows.map(({ id }) => id).sort()).toEqual(which.map((kind) => documents[kind]).sort());
    },
  );

  test('is given by nobody else’s link, and not before it goes with a claim', async () => {
    const {
      world: { deps },
      documents,
    } = ours;
    const link = deps.links.make(mother, { id: documents.general, part: 'whole' }, deps.now());
    for (const actor of [father, caseWorker])
      await expect(giveDocument(deps, actor, link)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const loose = await documentOf(deps, mother);
    for (const actor of [mother, father, caseWorker])
      expect(await givenTo(deps, actor, loose)).toBe('NOT_FOUND');
  });

  test('is logged for each time that staff read it, and for no guardian (S-11)', async () => {
    const { world, claims, documents } = ours;
    const logged = () => world.database.admin`
      select data->>'readerId' as who, data->'reads' as reads from outbox where type = 'placement.child.read.v1'`;
    await world.database.admin`delete from outbox where type = 'placement.child.read.v1'`;
    await givenTo(world.deps, mother, documents.sensitive);
    await givenTo(world.deps, secondCaseWorker, documents.sensitive);
    expect(await logged()).toEqual([]);
    await givenTo(world.deps, caseWorker, documents.sensitive);
    await readClaimDocuments(world.deps, caseWorker, [claims.sensitive]);
    const line = { who: caseWorker.personId, reads: [{ kind: 'PRIORITY_CLAIM', rule: 'BHG-09' }] };
    expect(await logged()).toMatchObject([line, line]);
  });
});

test('a document says nothing of when a guardian of a protected child sent it but to themself and to whoever decides (ADR-11)', async () => {
  const { world, claims } = ours;
  const shownTo = async (actor: Actor) =>
    (await readClaims(world.deps, actor, [claims.hidden])).get(claims.hidden)?.provenAt;
  for (const actor of [mother, father]) expect(await shownTo(actor)).toBeNull();
  expect(await shownTo(officer)).toBeInstanceOf(Date);
});

describe('sending a document in, and putting it with a claim (S-20)', () => {
  test.each(notResponsible)(
    'is refused to %s, also with row-level security off (S-06, S-12)',
    async (_who, actor) => {
      for (const town of towns()) {
        const { world, claims } = town;
        const mine = await documentOf(world.deps, mother);
        for (const id of [claims.general, newId()])
          expect(await add(town, actor, id, mine)).toBe('NOT_FOUND');
        await world.database.admin`delete from claim_document where id = ${mine}`;
      }
      if (actor.kind !== 'guardian' || actor === people.otherGuardian) return;
      for (const { world } of towns()) expect(await outcomeOf(send(world.deps, actor))).toBe('FORBIDDEN');
    },
  );

  test('is refused of a document of somebody else’s, as of one that there is none of (S-06)', async () => {
    for (const town of towns()) {
      const theirs = await documentOf(town.world.deps, father);
      for (const id of [theirs, newId()])
        expect(await add(town, mother, town.claims.general, id)).toBe('refused');
    }
  });

  test('is open to each guardian who is responsible, who reads their own alone', async () => {
    for (const { world, claims } of towns()) {
      const theirs = await documentWith(world.deps, father, claims.general);
      const [shown] = await readClaimDocuments(world.deps, father, [claims.general]);
      expect(shown?.map(({ id }) => id)).toEqual([theirs]);
      await world.database.admin`delete from claim_document where id = ${theirs}`;
    }
  });

  test('with the first lock off, is barred by row-level security (S-12)', async () => {
    const { world, claims } = ours;
    const { db } = world.deps;
    const insert = (actor: Actor, owner: string) =>
      storing(
        lookAs(db, actor, async (tx) => {
          await tx.execute(sql`
            insert into claim_document (id, owner_id, name, media_type, bytes)
            values (${newId()}, ${owner}, 'a.pdf', 'application/pdf', 1)`);
          return [1];
        }),
      );
    const put = (actor: Actor, id: string, claimId: string) =>
      storing(
        lookAs(db, actor, (tx) =>
          tx.execute(sql`update claim_document set claim_id = ${claimId} where id = ${id} returning id`),
        ),
      );
    const mine = await documentOf(world.deps, mother);
    for (const [, actor] of notResponsible) {
      expect(await insert(actor, mother.personId)).toBe('barred');
      expect(await put(actor, mine, claims.general)).toBe('nothing');
    }
    expect(await insert(mother, father.personId)).toBe('barred');
    const others = await documentOf(world.deps, people.otherGuardian);
    expect(await put(people.otherGuardian, others, claims.general)).toBe('barred');
    expect(await put(mother, mine, claims.general)).toBe('stored');
    expect(await put(mother, mine, claims.sensitive)).toBe('nothing');
  });
});
