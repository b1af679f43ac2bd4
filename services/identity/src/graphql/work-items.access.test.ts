import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cases, type Given, bystanders, openCases } from '../testing/cases.ts';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import type { Name } from '../testing/world.ts';

let c: Cases;
let given: Given;
beforeAll(async () => {
  c = await openCases();
  given = await c.given();
});
afterAll(() => c.close());

const list = `query ($first: Int, $after: String, $kind: WorkItemKind) { workItems(first: $first, after: $after, kind: $kind) {
  nodes { id kind openedAt case { protection child { id name { given } } grants { state holds ground adult { id name { given } } } } }
  pageInfo { hasNextPage endCursor } } }`;
const childrenOf = async (name: Name): Promise<readonly (string | undefined)[]> =>
  ((await c.ask(name, list, { first: 100 })).data.workItems?.nodes ?? []).map(
    (item: any) => item.case?.child.id,
  );
const notFound = { errors: [{ extensions: { code: 'NOT_FOUND' } }] };

describe('the list of work items', () => {
  test.each(bystanders.filter(([who]) => !/officer|case worker|administrator|leader/.test(who)))(
    'is not there for %s',
    async (_who, actorOf) => {
      expect(await c.ask(actorOf(c), list)).toMatchObject(notFound);
      expect(await c.ask(actorOf(c), '{ proposals { nodes { id } } }')).toMatchObject(notFound);
    },
  );

  test('shows the child, its adults and what holds them, to those who decide it', async () => {
    for (const name of ['leader', 'caseWorker'] as const)
      expect((await c.ask(name, list, { kind: 'GIVEN_TO_OTHERS' })).data.workItems.nodes).toMatchObject([
        {
          kind: 'GIVEN_TO_OTHERS',
          case: {
            ...{ protection: 'NONE', child: { id: given.childId, name: { given: 'LEK' } } },
            grants: [
              {
                ...{ state: 'PENDING', holds: ['GIVEN_TO_OTHERS'], ground: 'PARENTAL_RESPONSIBILITY' },
                adult: { id: given.grandmotherId, name: { given: 'BESTE' } },
              },
            ],
          },
        },
      ]);
    for (const name of ['officer', 'otherLeader', 'administrator'] as const)
      expect(await childrenOf(name)).not.toContain(given.childId);
  });

  test('goes to the officers and the leader where the child is protected, and to no case worker', async () => {
    const number = aNumber();
    const [childId, mother] = [await c.pupil(number), aNumber()];
    await c.register({
      ...{ number, birthDate: '2018-06-21', protection: 'FORTROLIG' as const },
      responsibilities: heldBy('mor', mother),
    });
    await c.register({ number: mother });
    const shown = async (name: Name) => (await childrenOf(name)).includes(childId);
    expect([await shown('officer'), await shown('leader'), await shown('caseWorker')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('comes in pages, in the order in which they were opened', async () => {
    await c.given();
    const { pageInfo, nodes } = (await c.ask('leader', list, { first: 1 })).data.workItems;
    expect(pageInfo.hasNextPage).toBe(true);
    const all = (await c.ask('leader', list, { first: 100 })).data.workItems.nodes;
    const next = (await c.ask('leader', list, { first: 1, after: pageInfo.endCursor })).data.workItems.nodes;
    expect([...nodes, ...next]).toEqual(all.slice(0, 2));
    for (const page of [{ after: 'eA' }, { first: 0 }, { first: 101 }])
      expect(await c.ask('leader', list, page)).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
  });

  test('leaves a trace of each child that it shows (S-11)', async () => {
    await c.database.admin`truncate staff_read`.catch(() => {});
    await c.ask('caseWorker', list);
    const read = await c.database.admin`
      select reads from staff_read where reader_id = ${c.id.caseWorker} order by read_at desc limit 1`;
    expect(read[0]!['reads']).toContainEqual(
      expect.objectContaining({ childId: given.childId, kind: 'ACCESS', role: 'CASE_WORKER', unitId: null }),
    );
  });
});

describe('a case', () => {
  const query = `query ($id: ID!) { guardianshipCase(childId: $id) { child { id } protection } }`;

  test.each(bystanders)(
    'is not there for %s, nor what stands on the child (S-06, ADR-02)',
    async (_who, actorOf) => {
      const hidden = await c.ask(actorOf(c), query, { id: c.id.ours });
      expect(hidden).toMatchObject(notFound);
      expect(hidden).toEqual(await c.ask(actorOf(c), query, { id: 'nonsense' }));
    },
  );

  test('of a protected child is there for officers and its leader, with the level that is held (ADR-13)', async () => {
    await c.register({ number: c.number.otherMother, protection: 'NONE' });
    for (const name of ['officer', 'leader'] as const)
      expect((await c.ask(name, query, { id: c.id.theirs })).data.guardianshipCase).toEqual({
        ...{ child: { id: c.id.theirs }, protection: 'FORTROLIG' },
      });
    for (const actor of [guardian(c.id.father), guardian(c.id.otherMother)])
      expect(await c.ask(actor, query, { id: c.id.theirs })).toMatchObject(notFound);
    expect(await c.ask('caseWorker', query, { id: c.id.theirs })).toMatchObject(notFound);
  });
});
