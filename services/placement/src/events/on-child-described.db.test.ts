import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { aboutNobody } from '@ranselpost/kit/answer';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { sealFor } from '@ranselpost/kit/seal';
import { staff } from '@ranselpost/kit/testing/actors';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { childDescribedV1 } from '@ranselpost/schema/events/identity/child-described.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { protectionRaisedV1 } from '@ranselpost/schema/events/identity/protection-raised.v1';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeChild } from '../../test/children.ts';
import { applicants, machine, people } from '../../test/families.ts';
import { type World, openTown } from '../../test/world.ts';

let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

const soon = (): string => new Date(Date.now() + 60_000).toISOString();
const factsOf = async (childId: string) => {
  await world.settled();
  const [facts] = await world.database.admin`
    select born_on::text, lives_here, is_protected, revision::int from child_facts where child_id = ${childId}`;
  return facts && { ...facts };
};

describe('what identity tells of a child', () => {
  let child: string;
  beforeEach(() => {
    child = newId();
  });
  const spring = { bornOn: '2025-04-01' };

  test('is kept, and an older word never overwrites a newer one (BHG-01, BHG-03, S-24)', async () => {
    await describeChild(world.identity, child, spring, 5);
    expect(await factsOf(child)).toEqual({
      ...{ born_on: '2025-04-01', lives_here: 'YES', is_protected: false, revision: 5 },
    });
    await describeChild(world.identity, child, { bornOn: '2024-01-01', livesHere: 'NO' }, 4);
    expect(await factsOf(child)).toMatchObject({ born_on: '2025-04-01', lives_here: 'YES' });
    await describeChild(world.identity, child, { ...spring, livesHere: 'NO', isProtected: true }, 6);
    expect(await factsOf(child)).toMatchObject({ lives_here: 'NO', is_protected: true, revision: 6 });
  });

  test('is forgotten when it is taken back, and an older word does not bring it again (S-24)', async () => {
    await describeChild(world.identity, child, spring, 1);
    await describeChild(world.identity, child, null, 3);
    expect(await factsOf(child)).toBeUndefined();
    await describeChild(world.identity, child, spring, 2);
    expect(await factsOf(child)).toBeUndefined();
    await describeChild(world.identity, child, spring, 4);
    expect(await factsOf(child)).toMatchObject({ revision: 4 });
  });

  test('is told whole in a snapshot, and what is not told there is forgotten (S-24, S-27)', async () => {
    const gone = newId();
    await describeChild(world.identity, child, spring);
    await describeChild(world.identity, gone, spring);
    expect(await factsOf(gone)).toBeDefined();
    await world.database.admin`delete from child_facts where child_id = ${child}`;
    world.identity.forget(gone);
    await world.identity.snapshot();
    expect(await factsOf(child)).toMatchObject({ born_on: '2025-04-01' });
    expect(await factsOf(gone)).toBeUndefined();
  });

  test('is erased with the child, and the erasure acknowledged (RET-08)', async () => {
    await describeChild(world.identity, child, spring);
    expect(await factsOf(child)).toBeDefined();
    await world.identity.tell(personErasedV1, { personId: child, acknowledgeBy: soon() });
    world.identity.forget(child);
    expect(await factsOf(child)).toBeUndefined();
    const told = await world.database.admin`
      select from outbox where type = 'placement.erasure.acknowledged.v1' and subject = ${child}`;
    expect(told).toHaveLength(1);
  });

  test('says nothing of where a child lives from the moment it is protected (ADR-03, ADR-12)', async () => {
    await describeChild(world.identity, child, spring);
    await world.identity.tell(protectionRaisedV1, {
      raiseId: newId(),
      personId: child,
      acknowledgeBy: soon(),
    });
    world.identity.forget(child);
    expect(await factsOf(child)).toMatchObject({ lives_here: 'UNKNOWN', is_protected: true });
  });

  test('opens for the child it is about alone; what does not open closes the child (S-26)', async () => {
    const other = newId();
    await describeChild(world.identity, child, spring);
    await factsOf(child);
    const sealed = await sealFor(sealPair().publicKey, child, {
      ...spring,
      livesHere: 'YES',
      isProtected: false,
    });
    await world.identity.tell(childDescribedV1, { childId: child, revision: 1_000, sealed });
    world.identity.forget(child);
    await describeChild(world.identity, other, spring);
    await eventually(async () => expect(await factsOf(other)).toBeDefined());
    expect(await factsOf(child)).toMatchObject({ lives_here: 'UNKNOWN', is_protected: true });
    expect(await world.database.admin`select from dead_letter`).toHaveLength(1);
  });
});

describe('who reads it (S-12)', () => {
  /** The mother, who works with admission. */
  const ownAtWork = staff(people.mother.personId);
  const seenBy = (actor: Actor) =>
    world.database.db.asActor(actor, async (tx) => {
      const rows = await tx.execute<{ child_id: string }>(
        sql`select child_id, born_on, lives_here from child_facts`,
      );
      const names = new Map(Object.entries(applicants).map(([name, id]) => [id, name]));
      return aboutNobody(rows.map(({ child_id }) => names.get(child_id) ?? 'another').toSorted());
    });
  beforeAll(async () => {
    await world.database.admin`delete from child_facts`;
    await world.identity.roles(ownAtWork.personId, [], ['CASE_WORKER']);
    await describeChild(world.identity, applicants.ada);
    await describeChild(world.identity, applicants.bo);
    await describeChild(world.identity, applicants.ward);
    await describeChild(world.identity, applicants.held, { isProtected: true, livesHere: 'UNKNOWN' });
    await world.settled();
  });

  test.each<[string, () => Actor, readonly string[]]>([
    ['a machine', () => machine, []],
    ['a stranger', () => people.stranger, []],
    ['a leader of a unit', () => people.leaderOfSolhaug, []],
    ['a guardian, of their own', () => people.mother, ['ada']],
    ['the other guardian, the same (GUA-03)', () => people.father, ['ada']],
    ['a guardian whom staff have let in', () => people.byHand, ['ward']],
    ['a case worker, but nobody protected (ADR-04)', () => people.caseWorker, ['ada', 'bo', 'ward']],
    ['nor the case worker’s own (GUA-24)', () => ownAtWork, ['bo', 'ward']],
    ['a protection officer, of the protected alone', () => people.officer, ['held']],
  ])('%s', async (_who, actor, seen) => {
    expect(await seenBy(actor())).toEqual(seen);
  });

  test('and nobody reads whether a child is protected (ADR-02)', async () => {
    const reading = world.database.db.asActor(people.officer, async (tx) =>
      aboutNobody(await tx.execute(sql`select is_protected from child_facts`)),
    );
    await expect(reading).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});
