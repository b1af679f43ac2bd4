import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRound, draftFor, drafted, sent, wishesFor } from '../../test/applications.ts';
import { named, withClaims } from '../../test/claims.ts';
import { applicants, children, people, places } from '../../test/families.ts';
import { type World, openTown } from '../../test/world.ts';
import { changeApplication } from './change-application.ts';
import { decideClaim, noteProof } from './decide-claim.ts';
import { erasePerson } from './erase-person.ts';
import { withdrawApplication } from './withdraw-application.ts';
import { withdrawClaim } from './withdraw-claim.ts';

let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

const { mother, father, caseWorker, secondCaseWorker } = people;

/** The tables of placement that hold an id anywhere, in columns or in what was received. */
async function tablesWith(id: string): Promise<readonly string[]> {
  const { admin } = world.database;
  const tables = await admin<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('outbox', 'inbox') order by relname`;
  const found: string[] = [];
  for (const { name } of tables)
    if ((await admin`select from ${admin(name)} t where t::text like ${`%${id}%`}`).length > 0)
      found.push(name);
  return found;
}

const erase = (personId: string) => world.deps.db.asService((tx) => erasePerson(tx, personId));

test('whoever is erased is in no application and no claim any more; what they did for others stands (RET-08)', async () => {
  const { deps } = world;
  const ours = await withClaims(world);
  await named(world, ours.sensitive, caseWorker);
  await noteProof(deps, caseWorker, { claimId: ours.sensitive, provenAt: new Date(Date.now() - 60_000) });
  const verdict = { verdict: 'granted', reason: null } as const;
  await decideClaim(deps, caseWorker, { claimId: ours.sensitive, ...verdict, idempotencyKey: newId() });
  const bySibling = wishesFor(places.solhaug).map((wish) => ({ ...wish, sibling: children.ours }));
  await changeApplication(deps, mother, {
    ...{ applicationId: ours.applicationId, version: 3, wishes: bySibling, wantedStart: null },
    idempotencyKey: newId(),
  });
  await withdrawClaim(deps, mother, ours.general);
  const other = await sent(deps, mother, draftFor(await aRound(world, { kind: 'TRANSFER' })));
  await withdrawApplication(deps, mother, other.id);
  await drafted(deps, mother, draftFor(await aRound(world, { kind: 'SUPPLEMENTARY' })));

  expect(await tablesWith(mother.personId)).toContain('claim_withdrawal');
  expect((await tablesWith(mother.personId)).length).toBeGreaterThan(5);
  expect(await tablesWith(children.ours)).toEqual(['application_receipt', 'wish']);
  for (const { personId } of [mother, caseWorker, secondCaseWorker]) {
    await erase(personId);
    expect(await tablesWith(personId)).toEqual([]);
    await erase(personId);
  }
  await erase(children.ours);
  expect(await tablesWith(children.ours)).toEqual([]);
  const { admin } = world.database;
  expect(await admin`select verdict from claim where id = ${ours.sensitive}`).toEqual([
    { verdict: 'GRANTED' },
  ]);
  expect(await admin`select unit_id from wish where application_id = ${ours.applicationId}`).toEqual([
    { unit_id: places.solhaug },
  ]);
  expect(await tablesWith(father.personId)).toContain('application_guardian');

  await erase(applicants.ada);
  expect(await tablesWith(applicants.ada)).toEqual([]);
  for (const table of ['claim', 'claim_verdict', 'claim_proof', 'claim_assignment'])
    expect(await admin`select from ${admin(table)}`).toHaveLength(table === 'claim' ? 1 : 0);
});
