import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, describe, expect, test } from 'vitest';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

// Whoever has met another child has one more from then on: this comes after the journeys that count on how many there were.
const town = openTown();
afterAll(() => town.close());

const prepare = `mutation { prepareApplication(input: {}) {
  __typename ... on ApplicationPrepared { receipt } ... on Refusal { code } } }`;
const own = '{ viewer { name { given } children { name { given } } } }';

interface Seen {
  readonly name: { readonly given: string } | null;
  readonly children: readonly { readonly name: { readonly given: string } | null }[];
}
const seenBy = async (visitor: Visitor): Promise<Seen> =>
  (await visitor.ask<{ viewer: Seen }>(own)).data!.viewer;
const childrenOf = async (visitor: Visitor): Promise<readonly (string | undefined)[]> =>
  (await seenBy(visitor)).children.map(({ name }) => name?.given);
const receiptOf = async (visitor: Visitor): Promise<unknown> => {
  const { data } = await visitor.ask<{ prepareApplication: Record<string, unknown> }>(prepare);
  return data!.prepareApplication;
};
const givenOf = (name: string): string => goldenByName.get(name)!.given;
/** What placement knows of a child, by its golden name. */
const factsOf = (name: string) =>
  soon(async () => {
    const childId = await town.idOf(name);
    const [facts] = await town.look('placement')<Record<string, unknown>[]>`
      select born_on::text, lives_here, is_protected from child_facts where child_id = ${childId}`;
    expect(facts).toBeDefined();
    return { ...facts };
  });

describe('a parent whose child is on no roster', () => {
  test('says that she wants to apply, and she and the father see the child (GUA-01, GUA-03, GUA-29)', async () => {
    const [mother, father] = [
      await town.visit('guardian', 'apply.first.mother'),
      await town.visit('guardian', 'apply.first.father'),
    ];
    expect(await seenBy(mother)).toEqual({ name: null, children: [] });
    expect(await receiptOf(mother)).toMatchObject({ __typename: 'ApplicationPrepared' });
    const child = [givenOf('apply.first.child')];
    await soon(async () => expect(await childrenOf(mother)).toEqual(child));
    expect(await childrenOf(father)).toEqual(child);
    const { born } = goldenByName.get('apply.first.child')!;
    await soon(async () =>
      expect(await factsOf('apply.first.child')).toEqual({
        ...{ born_on: born, lives_here: 'YES', is_protected: false },
      }),
    );
  });

  test('who has another child here sees both, and where that one lives is asked too (BHG-03)', async () => {
    const father = await town.visit('guardian', 'apply.sibling.father');
    const before = await childrenOf(father);
    await receiptOf(father);
    await soon(async () =>
      expect(new Set(await childrenOf(father))).toEqual(new Set([...before, givenOf('apply.sibling.child')])),
    );
    await soon(async () =>
      expect(await factsOf('F3.fathersOther')).toMatchObject({ lives_here: 'YES', is_protected: false }),
    );
  });

  test('and whose child lives elsewhere may see it, and placement hears that it does (BHG-03)', async () => {
    const mother = await town.visit('guardian', 'apply.away.mother');
    await receiptOf(mother);
    await soon(async () => expect(await childrenOf(mother)).toEqual([givenOf('apply.away.child')]));
    await soon(async () => expect(await factsOf('apply.away.child')).toMatchObject({ lives_here: 'NO' }));
  });

  test('from whom the child is hidden reads what somebody without children reads (ADR-02, ADR-04, GUA-20)', async () => {
    const [father, stranger] = [
      await town.visit('guardian', 'apply.hidden.father'),
      await town.visit('guardian', 'odd.dNumber.verge'),
    ];
    expect(await receiptOf(father)).toEqual(await receiptOf(stranger));
    // Everything has come of it that does: staff have the child to look at.
    expect(await factsOf('apply.hidden.child')).toMatchObject({ lives_here: 'UNKNOWN', is_protected: true });
    await soon(async () =>
      expect(await town.workItems(await town.idOf('apply.hidden.child'))).not.toEqual([]),
    );
    expect(await seenBy(father)).toEqual({ name: null, children: [] });
    expect(await seenBy(father)).toEqual(await seenBy(stranger));
  });
});
